"""The demo company at work in tests: its people use the HTTP API, its worker does what is due, its clock is set."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from werkzeug.test import TestResponse

from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from service.background import deliver_messages, fire_due_timers, run_jobs
from service.identity import company_file, tokens
from service.identity.company import company
from service.identity.importing import import_company
from service.parts import Parts
from service.store import notifications
from service.webhooks.signatures import sign
from tests.processes.documents import SCAN

ROOT = Path(__file__).parents[2]
COMPANY = ROOT / "service" / "demo" / "company.yaml"
SHIPPED = sorted(
    path for folder in ("processes", "forms") for path in (ROOT / folder).rglob("*") if path.suffix in (".bpmn", ".dmn", ".json")
)

#: A Monday with no public holiday in the weeks after it, at nine in the morning.
COMPANY_ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=COMPANY_ZONE).astimezone(UTC)

#: May see and repair everything, and brings the processes in.
ADMINISTRATOR = "hu.wei"
#: Works for the company and has no part in the business chain.
OUTSIDER = "ding.xin"

LOOPS = (fire_due_timers.run_once, deliver_messages.run_once, run_jobs.run_once)


class Clock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


def furnish(parts: Parts) -> dict[str, str]:
    """Brings in the demo company and everything that is shipped; an API token for each person."""
    people = company(company_file.read(COMPANY).rows, parts.organisation)
    with parts.begin(SYSTEM) as work:
        import_company(work, people)
    files = [File(str(path.relative_to(ROOT)), path.read_bytes()) for path in SHIPPED]
    with parts.begin(SYSTEM) as work:
        deployments.deploy(work, files, name="shipped processes")
    with parts.begin(SYSTEM) as work:
        return {id: _token(parts, work, id) for id in parts.organisation.members}


def _token(parts: Parts, work: Any, id: str) -> str:
    actor = parts.organisation.find_actor(id)
    assert actor is not None
    return tokens.create(work, actor, "tests", sorted(actor.rights), timedelta(days=365))[1]


class Office:
    """Everybody of the demo company, by the API."""

    def __init__(self, app: Flask, parts: Parts, clock: Clock, tokens: Mapping[str, str]) -> None:
        self.parts = parts
        self.clock = clock
        self._client = app.test_client()
        self._tokens = tokens

    # ------------------------------------------------------------------ requests
    def ask(self, person: str, method: str, path: str, **body: Any) -> TestResponse:
        headers = {"Authorization": f"Bearer {self._tokens[person]}"}
        return self._client.open(f"/api/v1{path}", method=method, headers=headers, json=None if method == "GET" else body)

    def get(self, path: str, person: str = ADMINISTRATOR) -> Any:
        response = self.ask(person, "GET", path)
        assert response.status_code == 200, response.get_data(as_text=True)
        return response.get_json()

    # ------------------------------------------------------------------ what people and systems do
    def start(self, person: str, key: str, **variables: Any) -> Case:
        response = self.ask(person, "POST", f"/process-definitions/{key}/start", variables=variables)
        assert response.status_code == 201, response.get_data(as_text=True)
        self.work()
        return Case(self, response.get_json()["id"])

    def attach(self, person: str, task: str) -> list[dict[str, Any]]:
        """Adds a scan to a task; the value of a field with that file."""
        response = self._client.post(
            "/api/v1/attachments",
            headers={"Authorization": f"Bearer {self._tokens[person]}"},
            data={"userTaskId": task, "file": (BytesIO(b"%PDF"), SCAN, "application/pdf")},
        )
        assert response.status_code == 201, response.get_data(as_text=True)
        return [{name: response.get_json()[name] for name in ("id", "name", "size")}]

    def tell(self, name: str, correlation_key: str | None = None, **variables: Any) -> None:
        """A message of another system."""
        body = {"name": name, "correlationKey": correlation_key, "variables": variables}
        response = self.ask(ADMINISTRATOR, "POST", "/messages", **body)
        assert response.status_code == 200, response.get_data(as_text=True)
        self.work()

    def deliver(self, endpoint: str, secret: str, body: Mapping[str, Any], *, event_id: str) -> TestResponse:
        """A signed delivery of another system to its webhook."""
        content = json.dumps(body).encode()
        timestamp = int(self.clock.now.timestamp())
        headers = {
            "Content-Type": "application/json",
            "Liuzhuan-Timestamp": str(timestamp),
            "Liuzhuan-Event-Id": event_id,
            "Liuzhuan-Signature": sign(secret, timestamp, event_id, content),
        }
        response = self._client.post(f"/webhooks/{endpoint}", data=content, headers=headers)
        self.work()
        return response

    def only_case(self, key: str) -> Case:
        """The one instance of a process, started by a message."""
        (found,) = self.get(f"/process-instances?processDefinitionKey={key}")["items"]
        return Case(self, found["id"])

    # ------------------------------------------------------------------ time and the worker
    def work(self) -> None:
        """The worker does everything that is due now."""
        while any([loop(self.parts) for loop in LOOPS]):
            pass

    def wait(self, **span: float) -> None:
        self.clock.now += timedelta(**span)
        self.work()

    def wait_until(self, date: str, time: str = "09:00") -> None:
        """A wall clock moment at the company."""
        moment = datetime.fromisoformat(f"{date}T{time}:00").replace(tzinfo=COMPANY_ZONE).astimezone(UTC)
        assert moment >= self.clock.now
        self.clock.now = moment
        self.work()

    def notifications(self, person: str) -> Sequence[str]:
        """The subjects of what a person was told, oldest first."""
        with self.parts.begin(SYSTEM) as work:
            return [each.subject for each in reversed(notifications.latest(work, person))]


@dataclass(frozen=True)
class Case:
    """One process instance."""

    office: Office
    id: str

    # ------------------------------------------------------------------ looking
    @property
    def details(self) -> dict[str, Any]:
        found: dict[str, Any] = self.office.get(f"/process-instances/{self.id}")
        return found

    @property
    def status(self) -> str:
        """active, suspended, failed; once it has ended: completed, cancelled, terminated."""
        details = self.details
        return str(details["outcome"] if details["status"] == "ended" else details["status"])

    @property
    def open(self) -> list[str]:
        """The element ids of its open user tasks."""
        return sorted(task["element"] for task in self._tasks(ADMINISTRATOR))

    @property
    def variables(self) -> dict[str, Any]:
        found: dict[str, Any] = self.office.get(f"/process-instances/{self.id}/variables")
        return found

    @property
    def ends(self) -> list[str]:
        """The end events reached, of the process and of those it called, in order."""
        return [event["element"] for event in self.events("ElementCompleted") if event["kind"] == "endEvent"]

    def events(self, type: str) -> list[dict[str, Any]]:
        rows = self.office.get(f"/process-instances/{self.id}/history?limit=1000")["items"]
        return [event for row in rows for event in row["events"] if event["type"] == type]

    def inbox(self, person: str) -> list[str]:
        """What of this case a person has or may claim."""
        found = [*self._tasks(person, "mine"), *self._tasks(person, "claimable")]
        return sorted(task["element"] for task in found)

    def task(self, person: str, element: str) -> dict[str, Any]:
        """The open task of an element in a person's inbox."""
        found = [*self._tasks(person, "mine"), *self._tasks(person, "claimable")]
        task = next((each for each in found if each["element"] == element), None)
        assert task is not None, f"{element} is not in the inbox of {person}: {self.inbox(person)}; open: {self.open}"
        return task

    def form(self, person: str, element: str) -> dict[str, Any]:
        shown: dict[str, Any] = self.office.get(f"/user-tasks/{self.task(person, element)['id']}/form", person)
        return shown

    def opinions(self, person: str) -> list[str]:
        """The comments that a person reads in its record."""
        entries = self.office.get(f"/process-instances/{self.id}/record?limit=1000", person)["items"]
        return [entry["comment"] for entry in entries if entry["comment"]]

    def _tasks(self, person: str, view: str = "") -> list[dict[str, Any]]:
        query = f"?processInstanceId={self.id}&limit=100" + (f"&view={view}" if view else "")
        items: list[dict[str, Any]] = self.office.get(f"/user-tasks{query}", person)["items"]
        return items

    # ------------------------------------------------------------------ acting
    def submit(self, person: str, element: str, outcome: str | None = None, **variables: Any) -> TestResponse:
        """Completes a task, or is refused."""
        id = self.task(person, element)["id"]
        comment = variables.pop("comment", None)
        variables = {name: self.office.attach(person, id) if value == SCAN else value for name, value in variables.items()}
        return self.office.ask(
            person, "POST", f"/user-tasks/{id}/complete", variables=variables, outcome=outcome, comment=comment
        )

    def do(self, person: str, element: str, outcome: str | None = None, **variables: Any) -> None:
        response = self.submit(person, element, outcome, **variables)
        assert response.status_code == 200, response.get_data(as_text=True)
        self.office.work()

    def withdraw(self, person: str) -> TestResponse:
        response = self.office.ask(person, "POST", f"/process-instances/{self.id}/cancel", reason="客户取消了项目。")
        self.office.work()
        return response
