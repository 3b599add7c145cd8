"""The two judges of a submission: ours, and form-js itself in V8, which is the referee."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from engine.assignment.directory import Department, Role
from engine.facts.errors import Problem
from service.forms.judging import compile_form
from service.forms.localisation import Language
from service.forms.rights import Rights
from service.forms.validation import FormValidator

#: (schema, what was sent, known=…, language=…) → the values kept, and the problems.
Judge = Callable[..., tuple[dict[str, Any], tuple[Problem, ...]]]

#: Well after the dates that tests write.
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


class NoCompany:
    """A company without anybody."""

    departments: Mapping[str, Department] = {}
    roles: Mapping[str, Role] = {}
    members: Mapping[str, Any] = {}

    def holders(self, role: str, department: str | None = None) -> tuple[str, ...]:
        return ()

    def below(self, department: str) -> Iterator[str]:
        return iter(())


def judged_here(
    schema: Mapping[str, Any],
    data: Mapping[str, Any],
    *,
    known: Mapping[str, Any] | None = None,
    language: Language = "zh",
    access: Rights | None = None,
    now: datetime = NOW,
    **more: Any,
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    form = compile_form(schema, access)
    return form.judge(data, known or {}, company=more.pop("company", NoCompany()), now=now, **more)


def judged_by_form_js(validator: FormValidator) -> Judge:
    return validator.validate
