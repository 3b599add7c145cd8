"""Whether the files that a form names are there, and are for who names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from engine.facts.errors import Problem
from engine.facts.sentences import Sentence
from engine.facts.values import as_id
from engine.people import attachments
from engine.people.attachments import Attachment
from engine.store.process_instances import ProcessInstance
from engine.store.unit_of_work import UnitOfWork
from service.forms.files import FileField, Standing, standing
from service.forms.judging.sentences import NOT_ACCEPTED, about

Values = Mapping[str, Any]


def file_problems(
    work: UnitOfWork,
    fields: Iterable[FileField],
    values: Values,
    known: Values,
    *,
    instance: ProcessInstance | None,
) -> tuple[Problem, ...]:
    """Of each file that was not there before: that there is none, none of this process instance or of the actor's, or that it has
    another name or size."""
    fields = tuple(fields)
    named = tuple(standing(fields, values))
    if not named:
        return ()
    before = {each.file["id"]: each.file for each in standing(fields, known) if each.is_file}
    new = [each for each in named if not (each.is_file and before.get(each.file["id"]) == each.file)]
    ids = {id for each in new if each.is_file and (id := as_id(each.file["id"])) is not None}
    found = attachments.among(work, ids, instance.id if instance is not None else None)
    return tuple(_problem(each) for each in new if not _is_among(each, found))


def _is_among(standing: Standing, found: Mapping[Any, Attachment]) -> bool:
    file = standing.file
    if not standing.is_file or (known := found.get(as_id(file["id"]))) is None:
        return False
    return bool(file == {"id": str(known.id), "name": known.name, "size": known.size})


def _problem(standing: Standing) -> Problem:
    name = standing.file["name"] if standing.is_file else ""
    fault = (
        Sentence("The file '{name}' is none that was added here. Add it again.", name=name) if standing.is_file else NOT_ACCEPTED
    )
    return Problem("file", about(standing.where, standing.label, fault), where=standing.where)
