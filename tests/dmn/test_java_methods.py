"""External functions: well-known pure methods of Java are answered without Java, everything else is refused."""

from __future__ import annotations

from typing import Any

import pytest

from engine.dmn import Evaluation, evaluate, evaluate_knowledge_model, read
from tests.dmn.xml import decision, definitions, literal


def called(class_name: str, signature: str, *arguments: str) -> Evaluation:
    """A FEEL function defined as external, called with these texts of FEEL."""
    parameters = ", ".join(f"a{number}" for number in range(len(arguments)))
    external = f'function({parameters}) external {{java: {{class: "{class_name}", method signature: "{signature}"}}}}'
    model = read(definitions(decision("d", literal(f"({external})({', '.join(arguments)})")))).model
    assert model is not None
    return evaluate(model, "d", {})


@pytest.mark.parametrize(
    ("class_name", "signature", "arguments", "result"),
    [
        ("java.lang.Math", "max(int, int)", ["123", "456"], 456),
        ("java.lang.Math", "min(double,double)", ["1.5", "-2.5"], -2.5),
        ("java.lang.Math", "abs(long)", ["-7"], 7),
        ("java.lang.Math", "sqrt(double)", ["2.25"], 1.5),
        ("java.lang.Math", "pow(double, double)", ["2", "10"], 1024),
        ("java.lang.Math", "floorMod(int, int)", ["-7", "3"], 2),
        ("java.lang.Math", "round(double)", ["2.5"], 3),
        ("java.lang.Math", "rint(double)", ["2.5"], 2),
        ("java.lang.Math", "cbrt(double)", ["-27"], -3),
        ("java.lang.Integer", "valueOf(java.lang.String)", ['"-12"'], -12),
        ("java.lang.Long", "parseLong(java.lang.String)", ['"12"'], 12),
        ("java.lang.Float", "valueOf(float)", ["0.1"], 0.1),
        ("java.lang.Double", "parseDouble(java.lang.String)", ['"1.5e3"'], 1500),
        ("java.lang.String", "valueOf(char)", ['"a"'], "a"),
        (
            "java.lang.String",
            "format(java.lang.String, [Ljava.lang.Object;)",
            ['"%s: %5.1f%%|%-4s|%04.0f"', '"a"', "2.25", "true", "7"],
            "a:   2.3%|true|0007",
        ),
    ],
)
def test_a_known_method_is_answered(class_name: str, signature: str, arguments: list[str], result: Any) -> None:
    value = called(class_name, signature, *arguments).value
    assert float(value) == pytest.approx(float(result)) if not isinstance(result, str) else value == result


@pytest.mark.parametrize(
    ("class_name", "signature", "arguments"),
    [
        ("java.lang.Runtime", "exec(java.lang.String)", ['"ls"']),
        ("java.lang.System", "getProperty(java.lang.String)", ['"user.home"']),
        ("java.lang.Math", "random()", []),
        ("java.lang.Math", "max(java.lang.String, java.lang.String)", ['"1"', '"2"']),
        ("java.lang.Math", "max(int, int)", ["1"]),
        ("java.lang.Math", "max(int, int)", ['"1"', "2"]),
        ("java.lang.Math", "abs(int)", ["2147483648"]),
        ("java.lang.Math", "sqrt(double)", ["-1"]),
        ("java.lang.Math", "exp(double)", ["100000"]),
        ("java.lang.Math", "floorDiv(int, int)", ["1", "0"]),
        ("java.lang.Byte", "valueOf(byte)", ["128"]),
        ("java.lang.Integer", "valueOf(java.lang.String)", ['"1.5"']),
        ("java.lang.String", "valueOf(char)", ['"abc"']),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ['"%d"', "1.5"]),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ['"%s %s"', '"one"']),
        ("java.lang.String", "format(java.lang.String, [Ljava.lang.Object;)", ['"%999999999s"', '"one"']),
    ],
)
def test_anything_else_is_null_with_a_note(class_name: str, signature: str, arguments: list[str]) -> None:
    evaluation = called(class_name, signature, *arguments)
    assert evaluation.value is None
    assert evaluation.notes != ()


def test_a_business_knowledge_model_may_be_a_known_method() -> None:
    entries = [("class", '"java.lang.Math"'), ("method signature", '"max(int, int)"')]
    body = "".join(f'<contextEntry><variable name="{name}"/>{literal(text)}</contextEntry>' for name, text in entries)
    parameters = '<formalParameter name="a" typeRef="number"/><formalParameter name="b" typeRef="number"/>'
    logic = f'<encapsulatedLogic kind="Java">{parameters}<context>{body}</context></encapsulatedLogic>'
    model = read(
        definitions(f'<businessKnowledgeModel id="f" name="f"><variable name="f"/>{logic}</businessKnowledgeModel>')
    ).model
    assert model is not None
    assert evaluate_knowledge_model(model, "f", {"a": 3, "b": 5}).value == 5
