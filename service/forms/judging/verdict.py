"""The visible fields one by one: which of their values are kept, and what is wrong with what was sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.facts.errors import Problem
from service.forms.judging import sentences
from service.forms.judging.expressions import Scope
from service.forms.judging.moments import day_of
from service.forms.judging.nodes import ABSENT, Around, Field, Finding, Group, Node, Rows, get, initial, is_dropped, put
from service.forms.judging.options import same
from service.forms.judging.row_pairs import paired
from service.forms.judging.sentences import Texts
from service.forms.judging.shape import Misfits

NOT_ACCEPTED: Finding = ("value", sentences.NOT_ACCEPTED)


@dataclass(slots=True)
class _Place:
    """The whole form or a row of a list: its values, what was sent for it, what was there before, what is kept of it."""

    values: Any
    sent: Any
    known: Any
    kept: dict[str, Any]
    scope: Scope
    prefix: str


class Verdict:
    """On one submission."""

    def __init__(self, around: Around) -> None:
        self.problems: list[Problem] = []
        self._around = around

    def of(self, nodes: Iterable[Node], values: Any, sent: Any, scope: Scope) -> dict[str, Any]:
        """The values that are kept."""
        kept: dict[str, Any] = {}
        self._visit(nodes, _Place(values, sent, self._around.known, kept, scope, ""))
        return kept

    def add(self, misfits: Misfits) -> None:
        for where, label, finding in misfits:
            self._problem(where, label, finding)

    def _problem(self, where: str, label: Texts, finding: Finding) -> None:
        rule, fault = finding
        self.problems.append(Problem(rule=rule, sentence=sentences.about(where, label, fault), where=where))

    def _visit(self, nodes: Iterable[Node], place: _Place) -> None:
        for node in nodes:
            if node.hides is not None and node.hides(place.scope):
                continue
            if isinstance(node, Field):
                self._field(node, place)
            elif isinstance(node, Group):
                self._visit(node.children, place)
            else:
                self._rows(node, place)

    def _rows(self, node: Rows, place: _Place) -> None:
        rows, sent, known = get(place.values, node.path), get(place.sent, node.path), get(place.known, node.path)
        name = place.prefix + node.name
        sent = sent if type(sent) is list else []
        if node.is_fixed and sent and len(sent) != (len(known) if type(known) is list else node.repetitions):
            self._problem(name, node.label, ("rows", sentences.ROWS))
        before = paired(node, rows, known if type(known) is list else [], self._around)
        kept = []
        for number, row in enumerate(rows):
            scope = place.scope.row(row, number + 1)
            of_row = _Place(row, sent[number] if number < len(sent) else None, before[number], {}, scope, f"{name}[{number}].")
            self._visit(node.children, of_row)
            kept.append(of_row.kept)
        if not rows or any(kept):  # of rows without a visible field nothing can be said
            put(place.kept, node.path, kept)

    def _field(self, field: Field, place: _Place) -> None:
        if field.is_disabled:
            return
        path = field.path
        if len(path) == 1:
            key = path[0]
            value = place.values.get(key)
            was = place.sent.get(key) if type(place.sent) is dict else None
            place.kept[key] = value
        else:
            value, was = get(place.values, path), get(place.sent, path)
            put(place.kept, path, value)
        is_refused = is_dropped(was, value, field.empty) and not self._is_shown_otherwise(field, value, was, place)
        finding = NOT_ACCEPTED if is_refused else self._of_whole(field, value, was, place)
        if finding is not None:
            self._problem(place.prefix + field.name, field.label, finding)
            return
        for rule in field.rules:
            finding = rule(value, place.scope)
            if finding is not None:
                self._problem(place.prefix + field.name, field.label, finding)

    def _of_whole(self, field: Field, value: Any, was: Any, place: _Place) -> Finding | None:
        """What depends on more than the value: the one before it, the moment, values of other fields."""
        if field.locks is not None and field.locks(place.scope) and not self._is_unchanged(field, value, place):
            return "readonly", sentences.READ_ONLY
        if field.refuses_past and value and not self._is_unchanged(field, value, place):
            now = self._around.now
            return ("past", sentences.PAST) if day_of(value, now) < now.date() else None
        if field.accepts is not None:
            return self._of_choice(field, value, was, place)
        return None

    def _is_unchanged(self, field: Field, value: Any, place: _Place) -> bool:
        return same(value, initial(field, get(place.known, field.path, ABSENT), self._around))

    def _is_shown_otherwise(self, field: Field, value: Any, was: Any, place: _Place) -> bool:
        """A field for text shows a number of the process as a text; whoever sends the number back has changed nothing."""
        return type(field.empty) is str and type(was) in (int, float, bool) and self._is_unchanged(field, value, place)

    def _of_choice(self, field: Field, value: Any, was: Any, place: _Place) -> Finding | None:
        """Of options that an expression says: a value that is none of them is refused when it was sent, else forgotten."""
        if value is None or value == "" or value == [] or field.accepts is None:
            return None
        accepts, is_many = field.accepts(place.scope), field.empty == []
        chosen = value if type(value) is list else []
        if all(map(accepts, chosen)) and type(value) is list if is_many else accepts(value):
            return None
        if was is not None:
            return NOT_ACCEPTED
        put(place.kept, field.path, [each for each in chosen if accepts(each)] if is_many else None)
        return None
