"""Jobs: what service tasks have to do, for those who operate."""

from __future__ import annotations

from typing import Any

from engine import jobs
from engine.jobs import Job, JobFilter
from engine.store.paging import Page
from service.api.routes import Routes
from service.api.schemas.jobs import JobPage, JobQuery
from service.api.schemas.pages import parted
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work

routes = Routes("jobs", __name__, url_prefix="/jobs", description="The work of service tasks.")


@routes.get("")
@opens_to("operate")
@routes.query(JobQuery)
@routes.answers(200, JobPage)
def list_(query: dict[str, Any]) -> Page[Job]:
    """Newest first."""
    wanted, page = parted(query)
    if wanted["status"] == "all":
        wanted["status"] = None
    with unit_of_work() as work:
        return jobs.list_(work, JobFilter(**wanted), **page)
