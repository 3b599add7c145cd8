"""Decisions as people read them: tables with their columns and rules, literal expressions, contexts. Out of the DMN file itself,
because the English of its texts stands only there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as later
from lxml import etree

from engine.facts import safe_xml
from engine.facts.declarations import Entry
from engine.vocabulary.decisions import DESCRIPTION_EN, NAME_EN
from engine.vocabulary.table import OWN
from service.web.languages import named

#: Code of a hit policy → what it means (DMN 1.5, clause 8.2.8).
HIT_POLICIES = {
    "UNIQUE": later("exactly one rule fits"),
    "ANY": later("all rules that fit say the same"),
    "PRIORITY": later("of the rules that fit, the one with the most important output"),
    "FIRST": later("the first rule that fits"),
    "RULE ORDER": later("all rules that fit, in the order of the table"),
    "OUTPUT ORDER": later("all rules that fit, the most important output first"),
    "COLLECT": later("all rules that fit"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """`expression` is the tested expression of an input, the name of an output."""

    label: str
    expression: str
    type: str
    allowed: str


@dataclass(frozen=True, slots=True)
class Rule:
    tests: tuple[str, ...]
    results: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """`aggregation` is SUM, COUNT, MIN, MAX or empty."""

    hit_policy: str
    aggregation: str
    inputs: tuple[Column, ...]
    outputs: tuple[Column, ...]
    rules: tuple[Rule, ...]
    has_notes: bool

    @property
    def hit_policy_words(self) -> str:
        return str(HIT_POLICIES.get(self.hit_policy, ""))


@dataclass(frozen=True, slots=True)
class Logic:
    """A table, or a text, or entries by name; anything else by the kind of its element alone."""

    kind: str
    table: DecisionTable | None = None
    text: str = ""
    entries: tuple[tuple[str, Logic], ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionSheet:
    """One decision of the file. `requires` are the names of its input data and of other decisions."""

    key: str
    name: str
    description: str
    question: str
    requires: tuple[str, ...]
    logic: Logic | None


def read(content: bytes) -> tuple[DecisionSheet, ...]:
    """Every decision of the file, in its order; none when it cannot be read as XML."""
    try:
        root = safe_xml.parse(content)
    except safe_xml.XmlRefused:
        return ()
    names = {each.get("id"): _name(each) for each in root if each.get("id") and each.get("name")}
    return tuple(_sheet(each, names) for each in root.iterchildren("{*}decision"))


def of(content: bytes, key: str, name: str) -> DecisionSheet:
    """One decision of the file; with its name alone when the file does not tell of it."""
    found = {each.key: each for each in read(content)}
    return found.get(key) or DecisionSheet(key, name, "", "", (), None)


def _sheet(decision: Any, names: dict[str, str]) -> DecisionSheet:
    needed = (each.get("href", "").rpartition("#")[2] for each in decision.iterfind("{*}informationRequirement/*"))
    logics = [each for each in decision if _kind(each) in LOGICS]
    return DecisionSheet(
        key=decision.get("id") or decision.get("name", ""),
        name=_name(decision),
        description=named(_text(decision, "description"), _english(decision, DESCRIPTION_EN)),
        question=_text(decision, "question"),
        requires=tuple(names.get(id, id) for id in needed),
        logic=_logic(logics[0]) if logics else None,
    )


def _logic(element: Any) -> Logic:
    return LOGICS.get(_kind(element), _other)(element)


def _table(table: Any) -> Logic:
    rules = tuple(_rule(each) for each in table.iterchildren("{*}rule"))
    read_table = DecisionTable(
        hit_policy=table.get("hitPolicy", "UNIQUE"),
        aggregation=table.get("aggregation", ""),
        inputs=tuple(_input(each) for each in table.iterchildren("{*}input")),
        outputs=tuple(_output(each) for each in table.iterchildren("{*}output")),
        rules=rules,
        has_notes=any(rule.note for rule in rules),
    )
    return Logic("decisionTable", table=read_table)


def _input(column: Any) -> Column:
    expression = column.find("{*}inputExpression")
    text = _text(expression, "text") if expression is not None else ""
    type_ = expression.get("typeRef", "") if expression is not None else ""
    return Column(_label(column) or text, text, type_, _text(column, "inputValues/{*}text"))


def _output(column: Any) -> Column:
    name = column.get("name", "")
    return Column(_label(column) or name, name, column.get("typeRef", ""), _text(column, "outputValues/{*}text"))


def _rule(rule: Any) -> Rule:
    notes = [_text(each, "text") for each in rule.iterchildren("{*}annotationEntry")]
    described = named(_text(rule, "description"), _english(rule, DESCRIPTION_EN))
    return Rule(
        tests=tuple(_text(each, "text") or "-" for each in rule.iterchildren("{*}inputEntry")),
        results=tuple(_text(each, "text") or "null" for each in rule.iterchildren("{*}outputEntry")),
        note=" · ".join(note for note in notes if note) or described,
    )


def _literal(expression: Any) -> Logic:
    return Logic("literalExpression", text=_text(expression, "text"))


def _context(context: Any) -> Logic:
    return Logic("context", entries=tuple(_entries(context)))


def _entries(context: Any) -> Iterator[tuple[str, Logic]]:
    for entry in context.iterchildren("{*}contextEntry"):
        variable = entry.find("{*}variable")
        logics = [each for each in entry if _kind(each) in LOGICS]
        if logics:
            yield variable.get("name", "") if variable is not None else "", _logic(logics[0])


def _other(element: Any) -> Logic:
    """Drawn by no table: its expressions, one on a line."""
    return Logic(_kind(element), text="\n".join(text.strip() for text in element.itertext() if text.strip()))


#: Element of DMN's boxed expressions → how it is read.
LOGICS = {
    "decisionTable": _table,
    "literalExpression": _literal,
    "context": _context,
    **dict.fromkeys(
        ("invocation", "relation", "list", "functionDefinition", "conditional", "for", "every", "some", "filter"), _other
    ),
}


def _kind(element: Any) -> str:
    return str(etree.QName(element).localname)


def _name(element: Any) -> str:
    return named(element.get("label") or element.get("name", ""), _english(element, NAME_EN))


def _label(column: Any) -> str:
    return named(column.get("label", ""), _english(column, NAME_EN))


def _english(element: Any, entry: Entry) -> str:
    return str(element.get(OWN + entry.name, "")).strip()


def _text(element: Any, path: str) -> str:
    return (element.findtext(f"{{*}}{path}") or "").strip()
