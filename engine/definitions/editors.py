"""What designers take along to the editor they draw in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine import access
from engine.connectors import Connector
from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from engine.vocabulary import templates


def element_templates(work: UnitOfWork, connectors: Mapping[str, Connector], language: str) -> list[dict[str, Any]]:
    """For Camunda Modeler, in `zh` or `en`: everything that attributes say of an element here. Refuses: NotAllowed."""
    access.right(work, "design", to=Sentence("download element templates"))
    return templates.element_templates(language, connectors)
