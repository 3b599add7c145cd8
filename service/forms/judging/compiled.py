"""One version of a form as tasks with the same field rights have it, ready to judge what people send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from engine.facts.errors import Problem
from engine.facts.sentences import Sentence
from engine.feel import FeelBudgetExceeded
from service.forms import defaults
from service.forms.defaults import Beginning
from service.forms.files import FileField
from service.forms.judging import filling
from service.forms.judging.expressions import Effort, Scope
from service.forms.judging.nodes import Around, Node
from service.forms.judging.shape import MAX_ROWS, Shape, misfits
from service.forms.judging.verdict import Verdict
from service.forms.refusals import FormCheckStopped
from service.forms.sources import Company

#: An expression field may read another one; form-js itself stops loops too.
MAX_PASSES = 10


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """It keeps nothing of a submission: any number of threads may ask it."""

    children: tuple[Node, ...]
    #: What may stand where.
    shape: Shape
    #: The variables that matter to the verdict: those of the fields, and those that expressions name.
    reads: frozenset[str]
    #: The variables that the task may not write, and those that the form only shows.
    unwritable: frozenset[str]
    only_shown: frozenset[str]
    #: What empty fields begin with.
    beginnings: tuple[Beginning, ...]
    #: The form's own parts in which something is computed, and its variables; `recomputes` when one may depend on another.
    computing: tuple[Node, ...]
    computed: frozenset[str]
    recomputes: bool
    #: The form's own parts in which expressions do not see what is hidden.
    filtered: tuple[Node, ...]
    #: Where files stand. Whether there are such files is for somebody else to find out.
    files: tuple[FileField, ...]

    def judge(
        self,
        sent: Mapping[str, Any],
        known: Mapping[str, Any],
        *,
        draft: Mapping[str, Any] | None = None,
        company: Company,
        now: datetime,
        initiator: str = "",
    ) -> tuple[dict[str, Any], tuple[Problem, ...]]:
        """The values of the visible fields, and everything that is wrong with what was sent.

        `known` are the values that were there before: a field that was not sent keeps its own. What stands in a `draft` counts as
        sent. `now` is in the company's zone. What the task may not write is left out of both. Refuses with FormCheckStopped.
        """
        if draft:
            sent = {**self._of_draft(draft), **sent}
        if not self.unwritable.isdisjoint(sent):
            sent = {name: value for name, value in sent.items() if name not in self.unwritable}
        before = {name: known[name] for name in self.reads if name in known}
        if self.beginnings:
            before = defaults.begun(self.beginnings, before, initiator=initiator, now=now)
        around = Around({**before, **sent}, before, company, now, Effort())
        verdict, misplaced = Verdict(around), misfits(self.shape, sent)
        if misplaced.rows > MAX_ROWS:
            verdict.add(misplaced)
            return {}, tuple(verdict.problems)
        try:
            values, scope = self._filled(around)
            kept = verdict.of(self.children, values, sent, scope)
        except FeelBudgetExceeded as stopped:
            limit = (
                Sentence("the time of one step")
                if stopped.limit is None
                else Sentence("{count:,} {count:step|steps}", count=stopped.limit)
            )
            raise FormCheckStopped(limit=limit) from None
        verdict.add(misplaced)
        return self._written(kept, known), tuple(verdict.problems)

    def _written(self, kept: dict[str, Any], known: Mapping[str, Any]) -> dict[str, Any]:
        """Without what the task may not write, and without what the form only shows: a field may show a number as a text."""
        if self.unwritable.isdisjoint(kept) and self.only_shown.isdisjoint(kept):
            return kept
        return {
            name: value
            for name, value in kept.items()
            if name not in self.unwritable and not (name in self.only_shown and name in known)
        }

    def _of_draft(self, draft: Mapping[str, Any]) -> dict[str, Any]:
        """It may have been saved before the values that the form only shows became what they are."""
        fields = self.shape.inside or {}
        return {name: value for name, value in draft.items() if name in fields and name not in self.only_shown}

    def holdable(self, draft: Mapping[str, Any], known: Mapping[str, Any], *, company: Company, now: datetime) -> dict[str, Any]:
        """What of a draft the fields can hold, as it was sent; whether the rules take it is found out when the task is done."""
        around = Around({**known, **draft}, known, company, now, Effort())
        return {
            name: value
            for name, value in self._of_draft(draft).items()
            if name not in self.unwritable and filling.holds(self.children, name, value, around)
        }

    def _filled(self, around: Around) -> tuple[dict[str, Any], Scope]:
        """All values, and what expressions see of them."""
        values = dict(around.values)
        filling.imported(self.children, around, values, values)
        scope = self._scope(values, around)
        for _ in range(MAX_PASSES if self.recomputes else bool(self.computed)):
            if not filling.compute(self.computing, scope, values):
                break
            scope = self._scope(values, around)
        return values, scope

    def _scope(self, values: dict[str, Any], around: Around) -> Scope:
        scope = Scope(values, values, None, [], around.now, around.effort)
        if self.filtered:
            visible = filling.without_hidden(self.filtered, values, scope)
            return Scope(visible, visible, None, [], around.now, around.effort)
        return scope
