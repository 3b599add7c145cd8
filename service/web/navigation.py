"""The menu: what the person may use, with the numbers that ask for attention."""

from __future__ import annotations

from dataclasses import dataclass

from flask import g, request, url_for
from flask_babel import gettext

from engine.facts.actor import Actor
from engine.operating import incidents
from engine.people import user_tasks
from engine.people.user_tasks import Counts
from service.identity.current import current_actor
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
    actor = current_actor()
    sections = [Section(gettext("Work"), _work(actor))]
    if actor.may("operate"):
        sections.append(Section(gettext("Operations"), _operations(actor)))
    if actor.may("design"):
        sections.append(Section(gettext("Design"), _design()))
    if actor.may("administer"):
        sections.append(
            Section(gettext("Administration"), (_entry(gettext("Organisation"), "sitemap", "web.organisation.show"),))
        )
    return tuple(sections)


def _work(actor: Actor) -> tuple[Entry, ...]:
    entries = [_entry(gettext("My tasks"), "inbox", "web.user_tasks.inbox", counts().mine + counts().claimable, waiting="all")]
    if actor.may("start"):
        entries.append(_entry(gettext("Start a process"), "player-play", "web.start.choose"))
    entries.append(_entry(gettext("Started by me"), "send", "web.started.list_"))
    return tuple(entries)


def _operations(actor: Actor) -> tuple[Entry, ...]:
    entries = [
        _entry(gettext("Process instances"), "activity", "web.process_instances.list_"),
        _entry(gettext("Incidents"), "alert-triangle", "web.incidents.list_", open_incidents(), is_alarming=True),
    ]
    if actor.may("administer"):
        entries.append(_entry(gettext("Webhooks"), "webhook", "web.webhooks.list_"))
    return tuple(entries)


def _design() -> tuple[Entry, ...]:
    return (
        _entry(gettext("Process definitions"), "route", "web.process_definitions.list_"),
        _entry(gettext("Decisions"), "table", "web.decisions.list_"),
        _entry(gettext("Forms"), "forms", "web.forms.list_"),
        _entry(gettext("Deploy files"), "upload", "web.deployments.form"),
        _entry(gettext("API"), "code", "api_description.page"),
    )


def _entry(title: str, icon: str, endpoint: str, count: int = 0, *, is_alarming: bool = False, waiting: str = "") -> Entry:
    is_current = (request.endpoint or "").rpartition(".")[0] == endpoint.rpartition(".")[0]
    return Entry(title, icon, url_for(endpoint), is_current, count, is_alarming, waiting)


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
        return len(incidents.list_(work, limit=MANY).items)
