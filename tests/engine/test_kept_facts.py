"""Dataclasses that are kept as JSON in one column: what is written is read, what older and newer versions wrote too."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

import engine.store
from engine.facts.sentences import Named, Sentence
from engine.facts.user_task_facts import FieldRight, Outcome, UserTaskFacts
from engine.store.columns import Shaped, metadata
from engine.store.process_definitions import ProcessFacts

_USER_TASK = UserTaskFacts(
    documentation="What to do",
    documentation_en="In English",
    outcomes=(Outcome("agree", "同意", "Agree", "primary", "required"), Outcome("refuse", "不同意")),
    outcome_variable="decision",
    comment="none",
    fields=(FieldRight("amount", "read"), FieldRight("secret", "hidden")),
    lane="Desk",
    why=(Sentence("It goes to {person}.", person=Named("爱丽丝", "Alice"), level=3), Sentence("Nobody else.")),
)
_PROCESS = ProcessFacts(
    documentation="What it is for",
    documentation_en="In English",
    starters=["role:sales@north"],
    administrators=["boss"],
    start_form="sales/lead",
    form_versions={"approve": 3},
    starts_by_hand=True,
    starts_by_condition=False,
)
#: One of each, with another value than the default in every field.
SAMPLES: dict[type[Any], Any] = {type(sample): sample for sample in (_USER_TASK, _PROCESS)}


def test_there_is_a_sample_of_every_dataclass() -> None:
    for module in pkgutil.iter_modules(engine.store.__path__):
        importlib.import_module(f"engine.store.{module.name}")
    shapes = {column.type.shape for table in metadata.tables.values() for column in table.c if isinstance(column.type, Shaped)}
    assert {shape for shape in shapes if is_dataclass(shape)} == {*SAMPLES}


@pytest.mark.parametrize("shape", SAMPLES)
def test_what_is_written_is_read(shape: type[Any]) -> None:
    sample, defaults = SAMPLES[shape], shape()
    assert [each.name for each in fields(shape) if getattr(sample, each.name) == getattr(defaults, each.name)] == []
    assert shape.from_json(sample.json) == sample
    assert shape.from_json(defaults.json) == defaults


@pytest.mark.parametrize("shape", SAMPLES)
def test_what_another_version_wrote_is_read_as_far_as_it_is_known(shape: type[Any]) -> None:
    assert shape.from_json({"documentation": "D", "colour": "red"}) == shape(documentation="D")
    assert shape.from_json({}) == shape()


def test_a_user_task_of_an_older_version_is_read() -> None:
    old = {
        "documentation": "D",
        "fields": [{"name": "amount", "access": "read"}],
        "outcomes": [{"value": "a", "name": "A", "name_en": "", "style": "danger", "comment": "optional"}],
        "comment": "required",
        "outcome_variable": "outcome",
        "why": [{"sentence": "It goes to {person}.", "values": {"person": "Alice"}}],
    }
    assert UserTaskFacts.from_json(old) == UserTaskFacts(
        documentation="D",
        outcomes=(Outcome("a", "A", style="danger"),),
        comment="required",
        fields=(FieldRight("amount", "read"),),
        why=(Sentence("It goes to {person}.", person="Alice"),),
    )


def test_what_a_newer_version_has_added_to_a_button_does_not_hide_it() -> None:
    newer = {"lane": "Desk", "outcomes": [{"value": "a", "name": "A", "icon": "x"}]}
    assert UserTaskFacts.from_json(newer) == UserTaskFacts(lane="Desk", outcomes=(Outcome("a", "A"),))
