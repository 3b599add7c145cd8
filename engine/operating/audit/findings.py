"""What the audit finds, and what it looks for: by invariant, what is checked and what to do about a finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from engine.facts.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """`invariant` is one of INVARIANTS; the sentence says what is there and what was expected."""

    invariant: str
    process_instance_id: UUID | None
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Invariant:
    """What is `checked`, and what to `do` where it does not hold."""

    checked: Sentence
    do: Sentence


_COMPARE = Sentence("Find out who had access to the database; compare with a backup, and take what is right from there.")
_REBUILD = Sentence("Run rebuild: it derives these rows again from the saved states and the log.")

INVARIANTS: Mapping[str, Invariant] = {
    "I1": Invariant(Sentence("Each version of a process instance has one row in the log, without a gap."), _COMPARE),
    "I2": Invariant(
        Sentence("What has not ended waits for something; in what has ended nothing is open."),
        Sentence("Run rebuild. Where an incident is open in what has ended, resolve it."),
    ),
    "I3": Invariant(
        Sentence("User tasks and jobs say what the log says: who was asked, who did them, when, with which outcome and opinion."),
        _COMPARE,
    ),
    "I4": Invariant(Sentence("No timer or subscription was closed twice."), _COMPARE),
    "I5": Invariant(
        Sentence("What steps have left for others was delivered."),
        Sentence("Look whether a worker is running, and at liuzhuan given-up."),
    ),
    "I7": Invariant(Sentence("A saved state can be restored, and is the same when it is saved again."), _COMPARE),
    "I8": Invariant(Sentence("What has ended has ended by a change of its log."), _COMPARE),
    "I9": Invariant(
        Sentence("Chains, seals and anchors fit: nobody has changed or removed a process instance or its log by hand."),
        _COMPARE,
    ),
    "I10": Invariant(
        Sentence("What was leased to a worker is done or has been given back."), Sentence("Look whether a worker is running.")
    ),
    "I11": Invariant(Sentence("Open tasks, candidates, timers, subscriptions and jobs are those that the states say."), _REBUILD),
    "I12": Invariant(
        Sentence("Somebody can do each open task."), Sentence("Assign it to somebody, or run liuzhuan user hand-over.")
    ),
    "I13": Invariant(Sentence("Attachments are there, byte for byte as they were added."), _COMPARE),
    "I14": Invariant(
        Sentence("What is deployed is what came with its deployment, and the newest version of each key is the latest."),
        _COMPARE,
    ),
    "I15": Invariant(Sentence("No row belongs to a process instance that is not there."), _COMPARE),
    "I16": Invariant(
        Sentence("People, roles, rights and passwords are as the service has written them."),
        Sentence("Find out who had access to the database; import the company file, which seals what is there then."),
    ),
    "I17": Invariant(
        Sentence("Start events of the newest versions wait for what their models say, timers for their next moment by the log."),
        Sentence("Run rebuild: it puts what start events wait for back. What was missed meanwhile is started once."),
    ),
    "I18": Invariant(
        Sentence("API tokens, webhook endpoints and secrets of connectors are as the service has written them."),
        Sentence(
            "Find out who had access to the database; delete tokens and endpoints that nobody knows, set secrets anew, then run "
            "liuzhuan audit --accept."
        ),
    ),
    "I19": Invariant(
        Sentence(
            "Jobs have the tries and moments that working on them leads to, and incidents the cause of what waits for them."
        ),
        Sentence("Look at the job and the incident: retry the incident where there is one; compare with a backup."),
    ),
}

_NOTHING = Sentence("nothing")
_STATUSES: Mapping[Any, Sentence] = {
    "open": Sentence("open"),
    "failed": Sentence("failed"),
    "completed": Sentence("completed"),
    "cancelled": Sentence("cancelled"),
}


def unlike(column: str, token: int, *, found: Any, expected: Any) -> Sentence:
    """A column of the row of a token is not what its log says."""
    is_status = column.endswith(".status")
    return Sentence(
        "{column} of token {token} is {found}; by its log it is {expected}.",
        column=column,
        token=token,
        found=_shown(found, is_status=is_status),
        expected=_shown(expected, is_status=is_status),
    )


def _shown(value: Any, *, is_status: bool) -> Any:
    if value is None:
        return _NOTHING
    return _STATUSES.get(value, value) if is_status else str(value)
