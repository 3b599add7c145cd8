"""Deployed forms."""

from __future__ import annotations

from engine.errors import NotFound
from engine.store import form_definitions
from engine.store.form_definitions import FormDefinition
from engine.store.unit_of_work import UnitOfWork

__all__ = ["FormDefinition", "get", "keys"]


def get(work: UnitOfWork, key: str) -> FormDefinition:
    """The newest version of the form."""
    form = form_definitions.find_latest(work, key)
    if form is None:
        raise NotFound(kind="form", id=key)
    return form


def keys(work: UnitOfWork) -> tuple[str, ...]:
    return form_definitions.keys(work)
