"""Reads decision tables (DMN 1.5, clause 8.3)."""

from __future__ import annotations

from typing import Any, cast, get_args

from engine.dmn.place import Text
from engine.dmn.reading.source import Source
from engine.dmn.reading.types import name_of, type_ref
from engine.dmn.tables import Aggregation, DecisionTable, HitPolicy, InputClause, Orientation, OutputClause, Rule
from engine.facts.sentences import Sentence

#: What tools write for the names of the standard.
HIT_POLICIES = {name.replace(" ", ""): name for name in get_args(HitPolicy)}
RANKED = ("PRIORITY", "OUTPUT ORDER")


def decision_table(source: Source) -> DecisionTable:
    table = DecisionTable(
        inputs=tuple(_input(child) for child in source.children("input")),
        outputs=tuple(_output(child) for child in source.children("output")),
        rules=tuple(_rule(child) for child in source.children("rule")),
        hit_policy=_hit_policy(source),
        aggregation=_aggregation(source),
        annotations=tuple(name_of(child) for child in source.children("annotation")),
        orientation=_orientation(source),
        output_label=source.attribute("outputLabel"),
        type_ref=type_ref(source),
        place=source.place,
    )
    _check(table, source)
    return table


def _hit_policy(source: Source) -> HitPolicy:
    written = source.attribute("hitPolicy") or "UNIQUE"
    known = HIT_POLICIES.get(written.upper().replace(" ", "").replace("_", ""))
    if known is None:
        names = ", ".join(get_args(HitPolicy))
        source.error(
            "hit-policy",
            Sentence("There is no hit policy '{written}'.", written=written),
            Sentence("Use one of {names}.", names=names),
        )
    return cast(HitPolicy, known or "UNIQUE")


def _aggregation(source: Source) -> Aggregation | None:
    written = source.attribute("aggregation")
    if written in get_args(Aggregation):
        return cast(Aggregation, written)
    if written:
        source.error(
            "aggregation",
            Sentence("There is no aggregation '{written}'.", written=written),
            Sentence("Use SUM, COUNT, MIN or MAX."),
        )
    return None


def _orientation(source: Source) -> Orientation:
    written = source.attribute("preferredOrientation")
    return cast(Orientation, written) if written in get_args(Orientation) else "Rule-as-Row"


def _input(source: Source) -> InputClause:
    expression = source.child("inputExpression")
    text = source.feel("inputExpression")
    if text is None:
        source.error(
            "input-expression", Sentence("The input clause has no expression."), Sentence("Write what is tested in this column.")
        )
    return InputClause(
        expression=text or Text("null", source.place),
        label=source.attribute("label"),
        type_ref=type_ref(expression) if expression else None,
        allowed=source.feel("inputValues"),
        place=source.place,
    )


def _output(source: Source) -> OutputClause:
    return OutputClause(
        name=name_of(source),
        label=source.attribute("label"),
        type_ref=type_ref(source),
        allowed=source.feel("outputValues"),
        default=source.feel("defaultOutputEntry"),
        place=source.place,
    )


def _rule(source: Source) -> Rule:
    return Rule(
        id=source.attribute("id"),
        tests=tuple(_cell(child, "-") for child in source.children("inputEntry")),
        outputs=tuple(_cell(child, "null") for child in source.children("outputEntry")),
        annotations=_annotations(source),
        place=source.place,
    )


def _annotations(rule: Source) -> tuple[str, ...]:
    """DMN 1.1 has no annotations; its editors keep the note on a rule in the description."""
    entries = rule.children("annotationEntry")
    notes = [entry.child_text("text") for entry in entries] or [rule.child_text("description")]
    return tuple(notes) if any(notes) else ()


def _cell(source: Source, blank: str) -> Text:
    """An empty input cell is `-`; an empty output cell is null."""
    return Text(source.feel_text or blank, source.place)


def _check(table: DecisionTable, source: Source) -> None:
    if not table.outputs:
        source.error("output-missing", Sentence("The decision table has no output clause."), Sentence("Add an output column."))
    if len(table.outputs) > 1:
        _check_several_outputs(table, source)
    if table.hit_policy in RANKED and not any(output.allowed for output in table.outputs):
        sentence = Sentence(
            "Hit policy {hit_policy} ranks by the output values, but no output clause lists them.", hit_policy=table.hit_policy
        )
        source.error("output-values", sentence, Sentence("List the output values, the most important first."))
    if table.aggregation and table.hit_policy != "COLLECT":
        sentence = Sentence(
            "The aggregation {aggregation} goes with hit policy COLLECT, not with {hit_policy}.",
            aggregation=table.aggregation,
            hit_policy=table.hit_policy,
        )
        source.warning("aggregation", sentence, Sentence("Set the hit policy to COLLECT or remove the aggregation."))
    for child in source.children("rule"):
        _check_rule(table, child)


def _check_several_outputs(table: DecisionTable, source: Source) -> None:
    if not all(output.name for output in table.outputs):
        source.error("output-name", Sentence("One of several output clauses has no name."), Sentence("Name each output clause."))
    names: list[Any] = [output.name for output in table.outputs if output.name]
    if len(set(names)) < len(names):
        source.error("output-name", Sentence("Two output clauses have the same name."), Sentence("Give each its own name."))
    if table.hit_policy == "COLLECT" and table.aggregation not in (None, "COUNT"):
        sentence = Sentence(
            "Aggregation {aggregation} needs a single output clause; the table has {count}.",
            aggregation=table.aggregation,
            count=len(table.outputs),
        )
        source.error("aggregation", sentence, Sentence("Keep one output clause, or collect without aggregation."))


def _check_rule(table: DecisionTable, rule: Source) -> None:
    tests, outputs = len(rule.children("inputEntry")), len(rule.children("outputEntry"))
    if (tests, outputs) != (len(table.inputs), len(table.outputs)):
        wanted = Sentence(
            "{inputs} {inputs:input|inputs} and {outputs} {outputs:output|outputs}",
            inputs=len(table.inputs),
            outputs=len(table.outputs),
        )
        sentence = Sentence(
            "The rule has {tests} input and {outputs} output {outputs:cell|cells} for {wanted}.",
            tests=tests,
            outputs=outputs,
            wanted=wanted,
        )
        rule.error("cell-count", sentence, Sentence("Give each clause one cell."))
