"""Whether people, rights, API tokens, webhook endpoints and secrets are as the service has written them last: what the audit
asks beside the engine's tables."""

from __future__ import annotations

from collections.abc import Iterator

from engine.facts.sentences import Sentence
from engine.operating.audit import Finding
from engine.store import anchors
from engine.store.unit_of_work import UnitOfWork
from service.store import organisation
from service.store.sealed import KINDS

ALTERED = Sentence("People, roles, rights or passwords are not as the last import or change of a password has left them.")


def findings(work: UnitOfWork) -> Iterator[Finding]:
    is_as_sealed = organisation.is_as_sealed(work)
    if is_as_sealed is False:
        yield Finding("I16", None, ALTERED)
    newest = anchors.newest(work)
    # Before an anchor is made, what has no seal gets one.
    is_missed = newest is not None and newest.number > 0
    if is_as_sealed is None and organisation.version(work) and is_missed:
        yield Finding("I16", None, Sentence("The seal of people, roles and rights is missing."))
    for sealed, name in KINDS.items():
        is_as_sealed = sealed.is_as_sealed(work)
        if is_as_sealed is False:
            yield Finding("I18", None, Sentence("{kind} are not as the service has written them.", kind=name))
        elif is_as_sealed is None and is_missed:
            yield Finding("I18", None, Sentence("The seal is missing: {kind}.", kind=name))


def seal_first(work: UnitOfWork) -> None:
    """What was written before there were seals."""
    if organisation.hold(work) and organisation.is_as_sealed(work) is None:
        organisation.seal(work)
    for sealed in KINDS:
        with sealed.changing(work):
            # Where there is a seal, it stays.
            pass


def seal_as_they_are(work: UnitOfWork) -> list[Sentence]:
    """Somebody has looked at what a hand has changed, and what is there now is right. Answers what that was."""
    accepted = []
    for sealed, name in KINDS.items():
        with sealed.changing(work):
            if sealed.is_as_sealed(work) is False:
                accepted.append(name)
                sealed.seal(work)
    return accepted
