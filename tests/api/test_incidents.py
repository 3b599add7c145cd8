"""Incidents and jobs, for those who operate."""

from __future__ import annotations

from service.background import run_jobs
from service.parts import Parts
from tests.api.conftest import As, codes


def test_a_failed_job_becomes_an_incident(incident: str, expense: str, oscar: As) -> None:
    found = oscar.get(f"/incidents/{incident}").json
    assert (found["element"], found["kind"], found["processInstanceId"], found["resolvedAt"]) == ("pay", "job", expense, None)
    assert "private network" in found["cause"]
    assert "内网" in oscar.request("GET", f"/incidents/{incident}", headers={"Accept-Language": "zh"}).json["cause"]
    assert oscar.get(f"/process-instances/{expense}").json["hasIncidents"] is True


def test_a_retried_job_is_due_again(incident: str, oscar: As, parts: Parts) -> None:
    assert oscar.post(f"/incidents/{incident}/retry").status_code == 204
    (job,) = oscar.get("/jobs").json["items"]
    assert (job["connector"], job["element"], job["status"]) == ("http", "pay", "open")
    assert run_jobs.run_once(parts) == 1


def test_a_resolved_incident_is_closed_once(incident: str, oscar: As) -> None:
    assert oscar.post(f"/incidents/{incident}/resolve").status_code == 204
    assert codes(oscar.post(f"/incidents/{incident}/resolve")) == (409, "incident_closed")
    assert oscar.get("/incidents").json["items"] == []
    assert len(oscar.get("/incidents", status="all").json["items"]) == 1


def test_others_cannot_repair(incident: str, carol: As, mallory: As) -> None:
    assert codes(carol.post(f"/incidents/{incident}/retry"))[0] == 403
    assert codes(mallory.post(f"/incidents/{incident}/retry"))[0] == 403
    assert codes(mallory.get(f"/incidents/{incident}"))[0] == 403


def test_what_failed_in_a_case_is_not_told_to_who_started_it(incident: str, expense: str, carol: As) -> None:
    """A cause may quote values that fields hide."""
    assert codes(carol.get(f"/incidents/{incident}"))[0] == 403
    assert codes(carol.get("/incidents", processInstanceId=expense))[0] == 403


def test_a_list_of_jobs_never_shows_their_inputs(incident: str, oscar: As) -> None:
    (job,) = oscar.get("/jobs", status="all").json["items"]
    assert "inputs" not in job
    assert "/pay" not in str(job)
