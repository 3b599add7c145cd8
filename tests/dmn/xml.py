"""Small pieces of DMN for tests that need many odd models."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

NAMESPACE = "https://www.omg.org/spec/DMN/20230324/MODEL/"


def definitions(*parts: str, name: str = "model") -> bytes:
    """A file with these elements."""
    head = f'<definitions xmlns="{NAMESPACE}" id="{name}" name="{name}" namespace="urn:liuzhuan:test:{name}">'
    return "\n".join((head, *parts, "</definitions>")).encode()


def literal(text: str) -> str:
    return f"<literalExpression><text>{escape(text)}</text></literalExpression>"


def input_data(name: str, type_ref: str = "Any") -> str:
    return f'<inputData id="{name}" name="{name}"><variable name="{name}" typeRef="{type_ref}"/></inputData>'


def decision(
    name: str, logic: str, *, inputs: Iterable[str] = (), decisions: Iterable[str] = (), functions: Iterable[str] = ()
) -> str:
    """A decision; what it requires is given by id."""
    required = [_required("information", "requiredInput", each) for each in inputs]
    required += [_required("information", "requiredDecision", each) for each in decisions]
    required += [_required("knowledge", "requiredKnowledge", each) for each in functions]
    return f'<decision id="{name}" name="{name}"><variable name="{name}"/>{"".join(required)}{logic}</decision>'


def function(name: str, body: str, *, requires: Iterable[str] = ()) -> str:
    """A business knowledge model without parameters."""
    required = "".join(_required("knowledge", "requiredKnowledge", each) for each in requires)
    head = f'<businessKnowledgeModel id="{name}" name="{name}"><variable name="{name}"/>'
    return f"{head}<encapsulatedLogic>{literal(body)}</encapsulatedLogic>{required}</businessKnowledgeModel>"


def table(
    inputs: Sequence[str], rules: Iterable[Sequence[str]], *, policy: str = "UNIQUE", output: str = "", outputs: int = 1
) -> str:
    """A decision table of untyped columns; each rule has its input cells, then its output cells."""
    columns = "".join(f"<input><inputExpression><text>{escape(text)}</text></inputExpression></input>" for text in inputs)
    results = "".join(f'<output name="out{index}">{output}</output>' for index in range(outputs))
    rows = "".join(f"<rule>{_cells(rule, len(inputs))}</rule>" for rule in rules)
    return f"<decisionTable id='table' hitPolicy={quoteattr(policy)}>{columns}{results}{rows}</decisionTable>"


def _cells(rule: Sequence[str], inputs: int) -> str:
    tests = "".join(f"<inputEntry><text>{escape(cell)}</text></inputEntry>" for cell in rule[:inputs])
    return tests + "".join(f"<outputEntry><text>{escape(cell)}</text></outputEntry>" for cell in rule[inputs:])


def _required(kind: str, tag: str, identifier: str) -> str:
    return f'<{kind}Requirement><{tag} href="#{identifier}"/></{kind}Requirement>'
