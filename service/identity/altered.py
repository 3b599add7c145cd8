"""Whether people, roles and rights are as the service has written them last: what the audit asks beside the engine's tables."""

from __future__ import annotations

from collections.abc import Iterator

from engine.facts.sentences import Sentence
from engine.operating.audit import Finding
from engine.store import anchors
from engine.store.unit_of_work import UnitOfWork
from service.store import organisation

ALTERED = Sentence("People, roles, rights or passwords are not as the last import or change of a password has left them.")


def findings(work: UnitOfWork) -> Iterator[Finding]:
    is_as_sealed = organisation.is_as_sealed(work)
    if is_as_sealed is False:
        yield Finding("I16", None, ALTERED)
    newest = anchors.newest(work)
    # Before an anchor is made, what has no seal gets one.
    if is_as_sealed is None and organisation.version(work) and newest is not None and newest.number:
        yield Finding("I16", None, Sentence("The seal of people, roles and rights is missing."))


def seal_first(work: UnitOfWork) -> None:
    """What was written before there were seals."""
    if organisation.hold(work) and organisation.is_as_sealed(work) is None:
        organisation.seal(work)
