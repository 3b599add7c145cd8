"""Reads boxed expressions (DMN 1.5, clause 7.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from engine.dmn.boxed import (
    Binding,
    Boxed,
    Conditional,
    Context,
    ContextEntry,
    Filter,
    For,
    FunctionDefinition,
    FunctionKind,
    Invocation,
    ListExpression,
    LiteralExpression,
    Quantified,
    Relation,
)
from engine.dmn.place import Variable
from engine.dmn.reading.source import Source
from engine.dmn.reading.tables import decision_table
from engine.dmn.reading.types import name_of, type_ref, variable
from engine.facts.sentences import Sentence

MISSING_FIX = Sentence("Put an expression there.")


def boxed_in(source: Source) -> Boxed | None:
    """The boxed expression that is a child of `source`; None, reported, when there is none."""
    found = optional_boxed_in(source)
    if found is None:
        source.warning(
            "expression-missing", Sentence("<{tag}> has no expression; it evaluates to null.", tag=source.tag), MISSING_FIX
        )
    return found


def has_boxed(source: Source) -> bool:
    return source.child(*READERS) is not None


def optional_boxed_in(source: Source) -> Boxed | None:
    child = source.child(*READERS)
    return boxed(child) if child else None


def boxed(source: Source) -> Boxed | None:
    return READERS[source.tag](source)


def _marks(source: Source) -> dict[str, Any]:
    return {"type_ref": type_ref(source), "place": source.place}


def _literal(source: Source) -> LiteralExpression | None:
    if source.child("importedValues"):
        source.error(
            "imported-values",
            Sentence("Values imported from another file are not read."),
            Sentence("Write the values as an expression."),
        )
    text = source.feel_text
    if not source.child_text("text"):
        source.warning("expression-missing", Sentence("The literal expression has no text; it evaluates to null."), MISSING_FIX)
    return LiteralExpression(text, **_marks(source)) if text else None


def _context(source: Source) -> Context:
    entries = tuple(_entry(child) for child in source.children("contextEntry"))
    return Context(entries, **_marks(source))


def _entry(source: Source) -> ContextEntry:
    named = source.child("variable")
    return ContextEntry(variable(named) if named else None, boxed_in(source))


def _list(source: Source) -> ListExpression:
    return ListExpression(tuple(boxed(child) for child in source.children(*READERS)), **_marks(source))


def _relation(source: Source) -> Relation:
    columns = tuple(variable(child) for child in source.children("column"))
    rows = []
    for row in source.children("row"):
        cells = tuple(boxed(cell) for cell in row.children(*READERS))
        if len(cells) != len(columns):
            row.error(
                "cell-count",
                Sentence(
                    "The row has {count} {count:cell|cells} for {columns} {columns:column|columns}.",
                    count=len(cells),
                    columns=len(columns),
                ),
                Sentence("Give each column one cell."),
            )
        rows.append(cells)
    return Relation(columns, tuple(rows), **_marks(source))


def function_definition(source: Source) -> FunctionDefinition:
    """A `functionDefinition`, or the `encapsulatedLogic` of a business knowledge model."""
    kind = source.attribute("kind") or "FEEL"
    if kind not in ("FEEL", "Java", "PMML"):
        source.error("function-kind", Sentence("There is no kind of function '{kind}'.", kind=kind), Sentence("Use FEEL."))
    elif kind != "FEEL":
        sentence = Sentence("Functions written in {kind} are not run: all but well-known ones of Java answer null.", kind=kind)
        source.warning("function-kind", sentence, Sentence("Write the function in FEEL."))
    parameters = tuple(variable(child) for child in source.children("formalParameter"))
    body = boxed_in(source)
    result = getattr(body, "type_ref", None) if kind == "FEEL" else None
    return FunctionDefinition(parameters, body, cast(FunctionKind, kind), result, **_marks(source))


def _invocation(source: Source) -> Invocation:
    bindings = tuple(binding for child in source.children("binding") if (binding := _binding(child)))
    return Invocation(boxed_in(source), bindings, **_marks(source))


def _binding(source: Source) -> Binding | None:
    parameter = source.child("parameter")
    if parameter is None:
        source.error("binding-parameter", Sentence("The binding names no parameter."), Sentence("Name the parameter it fills."))
        return None
    return Binding(variable(parameter), boxed_in(source))


def _part(source: Source, tag: str) -> Boxed | None:
    child = source.child(tag)
    if child is None:
        source.error(
            "part-missing",
            Sentence("<{tag}> has no <{part}>.", tag=source.tag, part=tag),
            Sentence("Add <{tag}> with an expression.", tag=tag),
        )
        return None
    return boxed_in(child)


def _conditional(source: Source) -> Conditional:
    return Conditional(_part(source, "if"), _part(source, "then"), _part(source, "else"), **_marks(source))


def _iterator(source: Source) -> str:
    name = " ".join(source.attribute("iteratorVariable").split())
    if not name:
        source.error(
            "name-missing",
            Sentence("<{tag}> does not name its iterator variable.", tag=source.tag),
            Sentence("Set iteratorVariable."),
        )
    return name


def _for(source: Source) -> For:
    return For(_iterator(source), _part(source, "in"), _part(source, "return"), **_marks(source))


def _some(source: Source) -> Quantified:
    return Quantified("some", _iterator(source), _part(source, "in"), _part(source, "satisfies"), **_marks(source))


def _every(source: Source) -> Quantified:
    return Quantified("every", _iterator(source), _part(source, "in"), _part(source, "satisfies"), **_marks(source))


def _filter(source: Source) -> Filter:
    return Filter(_part(source, "in"), _part(source, "match"), **_marks(source))


def variable_of(source: Source) -> Variable:
    """The `variable` of a decision, input or function; where the file has none, one with the element's own name."""
    child = source.child("variable")
    name = name_of(source)
    return variable(child, name) if child else Variable(name, None, source.place)


READERS: dict[str, Callable[[Source], Boxed | None]] = {
    "literalExpression": _literal,
    "context": _context,
    "list": _list,
    "relation": _relation,
    "functionDefinition": function_definition,
    "invocation": _invocation,
    "conditional": _conditional,
    "for": _for,
    "some": _some,
    "every": _every,
    "filter": _filter,
    "decisionTable": decision_table,
}
