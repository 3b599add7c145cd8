"""What is wrong with flows, gateways and activities: the element it is told of, and what the sentence says."""

import pytest

from engine.bpmn import read
from tests.bpmn.writing import bpmn, changed

CHOICE = "start s\nxor g\nend a\nend b\ns -> g\ng -> a : x > 1\ng -> b{}"

ERRORS = [
    (
        "expression-language",
        "g_b",
        "Expressions in groovy are not evaluated",
        changed(CHOICE.format(" : x == 1"), ("<conditionExpression>x == 1", '<conditionExpression language="groovy">x == 1')),
    ),
    (
        "sequence-flow-end",
        "f",
        "its targetRef nowhere does not exist",
        changed("start s\nend e\ns -> e", ('id="s_e"', 'id="f"'), ('targetRef="e"', 'targetRef="nowhere"')),
    ),
    (
        "sequence-flow-end",
        "s_t",
        "is not in the same process or sub-process",
        """
        start s
        sub x {
            start t
        }
        end e
        s -> x -> e
        s -> t
        """,
    ),
    ("condition-missing", "g_b", "leaves exclusive gateway g without a condition", CHOICE.format("")),
    ("default-flow", "g", "default flow g_c does not leave g", CHOICE.format(" : x < 2").replace("xor g", "xor g default=g_c")),
    ("expression-syntax", "g_b", "is not FEEL", CHOICE.format(" : x >")),
    ("expression-juel", "g_b", "cannot be translated to FEEL", CHOICE.format(" : ${bean.call(execution)}")),
    ("no-start", "p", "no start event", "end e\nuser u\nu -> e\ne -> u"),
    ("sequence-flow", "s", "may lead to startEvent s", "start s\nuser u\ns -> u -> s"),
    ("sequence-flow", "e", "may leave endEvent e", "start s\nend e\nuser u\ns -> e -> u"),
    (
        "multi-instance-empty",
        "u",
        "neither a collection nor a number",
        changed(
            """
        start s
        user u times=2
        end e
        s -> u -> e
        """,
            ("<loopCardinality>2</loopCardinality>", ""),
        ),
    ),
    (
        "loop-endless",
        "u",
        "never ends",
        changed(
            """
        start s
        user u loopMaximum=2
        end e
        s -> u -> e
        """,
            (' loopMaximum="2"', ""),
        ),
    ),
    (
        "script-language",
        "t",
        "Scripts in groovy are not run",
        """
        start s
        script t scriptFormat=groovy script=x
        end e
        s -> t -> e
        """,
    ),
    (
        "script-language",
        "t",
        "Scripts in Python are not run",
        """
        start s
        script t scriptFormat=python script='import os'
        end e
        s -> t -> e
        """,
    ),
    (
        "called-missing",
        "c",
        "only processes are called",
        changed("start s\ncall c calledElement=g\nend e\ns -> c -> e", ("<process", '<globalUserTask id="g"/><process')),
    ),
    ("called-missing", "c", "names no process", "start s\ncall c\nend e\ns -> c -> e"),
    (
        "value-unknown",
        "u",
        "strategy (liuzhuan:assignment) is “roles”",
        """
        start s
        user u ext='<liuzhuan:assignment strategy=\"roles\"/>'
        end e
        s -> u -> e
        """,
    ),
    ("value-unknown", "u", "comment is “always”", "start s\nuser u liuzhuan:comment=always\nend e\ns -> u -> e"),
    (
        "value-unknown",
        "c",
        "binding is “newest”",
        """
        start s
        call c calledElement=x liuzhuan:binding=newest
        end e
        s -> c -> e
        """,
    ),
    ("not-a-number", "u", "startQuantity is “0”", "start s\nuser u startQuantity=0\nend e\ns -> u -> e"),
    ("not-a-number", "u", "liuzhuan:priority is “high”", "start s\nuser u liuzhuan:priority=high\nend e\ns -> u -> e"),
    (
        "name-missing",
        "u",
        "liuzhuan:input has no name",
        """
        start s
        user u ext='<liuzhuan:input value=\"1\"/>'
        end e
        s -> u -> e
        """,
    ),
    (
        "element-unknown",
        "x",
        "Elements of kind callChoreography cannot be executed",
        changed("start s\nend e\ns -> e", ("</process>", '<callChoreography id="x"/></process>')),
    ),
    ("duplicate-id", "s", "is used twice", "start s\nend e\ns -> e\nend s"),
    ("id-missing", "definitions", "A process has no id", changed("start s\nend e\ns -> e", (' id="p"', ""))),
]


@pytest.mark.parametrize(("rule", "where", "words", "lines"), ERRORS)
def test_an_error_is_told_with_its_element_and_refuses_the_model(rule: str, where: str, words: str, lines: bytes | str) -> None:
    reading = read(lines if isinstance(lines, bytes) else bpmn(lines))
    found = [each for each in reading.problems if each.rule == rule and each.where == where]
    assert found, reading.problems
    assert words in str(found[0].sentence)
    assert found[0].line > 0
    assert not found[0].is_warning
    assert reading.model is None
