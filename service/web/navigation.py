"""The menu: what the person may use, with the numbers that ask for attention."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import gettext

from engine import access
from engine.operating import incidents
from engine.people import user_tasks
from engine.people.user_tasks import Counts
from service.identity.current import current_actor
from service.identity.openings import opening_of
from service.unit_of_work import unit_of_work

#: Open incidents are counted up to here.
MANY = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the menu. `count` is shown when it is not 0."""

    title: str
    icon: str
    address: str
    is_current: bool
    count: int = 0
    is_alarming: bool = False
    #: Under which name the page keeps the count up to date.
    waiting: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    entries: tuple[Entry, ...]


def navigation() -> tuple[Section, ...]:
    """The sections of the signed-in person, in the order of a working day."""
    sections = [
        _section(gettext("Work"), _work()),
        _section(gettext("Operations"), _operations()),
        _section(gettext("Design"), _design() if access.may_read_deployed(current_actor()) else ()),
        _section(gettext("Administration"), _administration()),
    ]
    return tuple(section for section in sections if section.entries)


def _work() -> Iterator[Entry | None]:
    yield _entry(gettext("My tasks"), "inbox", "web.user_tasks.inbox", _open_tasks, waiting="all")
    yield _entry(gettext("Start a process"), "player-play", "web.start.choose")
    yield _entry(gettext("Started by me"), "send", "web.started.list_")


def _operations() -> Iterator[Entry | None]:
    yield _entry(gettext("Process instances"), "activity", "web.process_instances.list_")
    yield _entry(gettext("Incidents"), "alert-triangle", "web.incidents.list_", open_incidents, is_alarming=True)
    yield _entry(gettext("Webhooks"), "webhook", "web.webhooks.list_")


def _design() -> Iterator[Entry | None]:
    yield _entry(gettext("Process definitions"), "route", "web.process_definitions.list_")
    yield _entry(gettext("Decisions"), "table", "web.decisions.list_")
    yield _entry(gettext("Forms"), "forms", "web.forms.list_")
    yield _entry(gettext("Deploy files"), "upload", "web.deployments.form")
    yield _entry(gettext("API"), "code", "api_description.page")


def _administration() -> Iterator[Entry | None]:
    yield _entry(gettext("Organisation"), "sitemap", "web.organisation.show")
    yield _entry(gettext("Secrets"), "key", "web.secrets.list_")


def _section(title: str, entries: Iterable[Entry | None]) -> Section:
    return Section(title, tuple(entry for entry in entries if entry))


def _entry(
    title: str,
    icon: str,
    endpoint: str,
    count: Callable[[], int] = lambda: 0,
    *,
    is_alarming: bool = False,
    waiting: str = "",
) -> Entry | None:
    """None when the page does not open to the person."""
    opening = opening_of(current_app.view_functions[endpoint])
    if opening is None or not opening.lets_in(current_actor()):
        return None
    is_current = (request.endpoint or "").rpartition(".")[0] == endpoint.rpartition(".")[0]
    return Entry(title, icon, url_for(endpoint), is_current, count(), is_alarming, waiting)


def _open_tasks() -> int:
    return counts().mine + counts().claimable


def counts() -> Counts:
    """How many tasks wait for the person; asked once per request."""
    if "task_counts" not in g:
        with unit_of_work() as work:
            g.task_counts = user_tasks.counts(work)
    found: Counts = g.task_counts
    return found


def open_incidents() -> int:
    """Up to MANY, which is enough to know."""
    with unit_of_work() as work:
        return incidents.count(work, MANY)
