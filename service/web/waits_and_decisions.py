"""What a process instance waits for beside people, and what its business rule tasks decided: for those who operate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext, ngettext

from engine import process_instances
from engine.facts.sentences import Sentence
from engine.operating import waits as engine_waits
from engine.process_instances import AskedDecision
from engine.store.jobs import Job
from service.web.case_variables import written
from service.web.cases import Case
from service.web.histories import Names


@dataclass(frozen=True, slots=True)
class Wait:
    """One line: the step, what it waits for, until or since when; `trouble` is why it failed the last time."""

    icon: str
    step: str
    sentence: str
    at: datetime
    state: str = ""
    trouble: Sentence | None = None


@dataclass(frozen=True, slots=True)
class Made:
    """A decision that was asked: its answer as JSON, and the numbers of the rules that fitted."""

    step: str
    key: str
    at: datetime
    answer: str
    rules: tuple[int, ...]


def waits(case: Case, names: Names) -> tuple[Wait, ...]:
    """Times first, then messages and signals, then jobs."""
    found = engine_waits.of_instance(case.work, case.instance)
    times = (
        Wait("alarm", names.of(each.element, str(each.definition_id)), gettext("until"), each.due_at, trouble=each.error)
        for each in found.timers
    )
    events = (
        Wait(
            "bell",
            names.of(each.element, str(each.definition_id)),
            _event(each.kind, each.name, each.correlation_key),
            each.created_at,
        )
        for each in found.subscriptions
    )
    return (*times, *events, *(_job(each, names) for each in found.jobs))


def _event(kind: str, name: str, key: str | None) -> str:
    if kind == "signal":
        return gettext("for the signal “%(name)s”, since", name=name)
    if key is None:
        return gettext("for the message “%(name)s”, since", name=name)
    return gettext("for the message “%(name)s” with the key “%(key)s”, since", name=name, key=key)


def _job(job: Job, names: Names) -> Wait:
    step = names.of(job.element, str(job.definition_id))
    sentence = ngettext(
        "by %(connector)s, %(num)d try, since", "by %(connector)s, %(num)d tries, since", job.attempts, connector=job.connector
    )
    return Wait("webhook", step, sentence, job.created_at, job.status, job.error)


def decisions(case: Case, names: Names) -> tuple[Made, ...]:
    """In order."""
    return tuple(_made(each, names) for each in process_instances.decisions_in(case.changes))


def _made(asked: AskedDecision, names: Names) -> Made:
    own: dict[str, Any] = next((each for each in reversed(_traces(asked.trace)) if each.get("id") == asked.decision), {})
    rules = tuple(match["rule"] for table in own.get("tables", ()) for match in table["matched"])
    return Made(names.of(asked.element, asked.definition), asked.decision, asked.at, written(own.get("value")), rules)


def _traces(trace: Any) -> list[Any]:
    return list(trace) if isinstance(trace, list | tuple) else []
