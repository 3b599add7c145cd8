"""Warnings, suggestions, what the surroundings know, and files that are no BPMN."""

from collections.abc import Mapping, Sequence

import pytest

from engine.bpmn import ModelChecks, read
from engine.connectors import Connector, Http
from engine.definitions.functions import FUNCTIONS
from engine.facts.errors import Problem
from tests.bpmn.writing import bpmn, changed


def problems(
    lines: str | bytes,
    *,
    checks: ModelChecks | None = None,
    connectors: Mapping[str, Connector] | None = None,
    schema: bool = False,
) -> Sequence[Problem]:
    xml = lines if isinstance(lines, bytes) else bpmn(lines)
    return read(xml, checks=checks, connectors=connectors, schema=schema).problems


CHOICE = "start s\nxor g\nend a\nend b\ns -> g\ng -> a : x > 1\ng -> b{}"

WARNINGS = [
    ("unreachable", "u", "No path leads to userTask u", "start s\nend e\nuser u\nuser v\ns -> e\nu -> v\nv -> u"),
    ("condition-ignored", "g_a", "is never looked at", "start s\nand g\nend a\nend b\ns -> g\ng -> a : x\ng -> b"),
    (
        "default-condition",
        "g",
        "because it is the default flow",
        """
        start s
        xor g default=g_b
        end a
        end b
        s -> g
        g -> a : x
        g -> b : not(x)
        """,
    ),
    ("service-task-idle", "j", "no connector and no topic", "start s\nservice j\nend e\ns -> j -> e"),
    (
        "service-task-code",
        "j",
        "the task waits for a worker with the topic com.example.Mail",
        """
        start s
        service j camunda:class=com.example.Mail
        end e
        s -> j -> e
        """,
    ),
    ("event-based-gateway", "g", "here one follows", "start s\nwait g\ncatch c message=m\nend e\ns -> g -> c -> e"),
    ("id-missing", "endEvent-1", "has no id", changed("start s\nend e\ns -> e", ("</process>", "<endEvent/></process>"))),
    ("message-missing", "r", "waits for one with the name r", "start s\nreceive r\nend e\ns -> r -> e"),
    ("expression-language", "g_b", "it is read as “x != 1”", CHOICE.format(" : x !== 1")),
    ("decision-missing", "r", "names no decision", "start s\nrule r\nend e\ns -> r -> e"),
    ("script-empty", "t", "is empty", "start s\nscript t\nend e\ns -> t -> e"),
    ("gateway-ends", "g", "Nothing leaves gateway g", "start s\nand g\ns -> g"),
    ("link-source", "c", "No link event leads to A", "start s\nend e\ncatch c link=A\ns -> e\nc -> e"),
    ("not-executable", "p", "is not marked executable", changed("start s\nend e\ns -> e", ('"true"', '"false"'))),
]


@pytest.mark.parametrize(("rule", "where", "words", "lines"), WARNINGS)
def test_a_warning_is_told_and_refuses_nothing(rule: str, where: str, words: str, lines: bytes | str) -> None:
    reading = read(lines if isinstance(lines, bytes) else bpmn(lines))
    found = next(each for each in reading.problems if each.rule == rule)
    assert (found.where, found.is_warning) == (where, True)
    assert words in str(found.sentence)
    assert reading.model is not None


def test_all_problems_are_found_at_once() -> None:
    rules = {
        each.rule
        for each in problems(
            """
                start s
                xor g
                user u liuzhuan:priority=x
                boundary b on=nobody timer=PT1H
                end a
                end b2
                s -> g
                g -> a : x >
                g -> b2
                """
        )
    }
    assert rules >= {"condition-missing", "expression-syntax", "boundary-event", "not-a-number"}


@pytest.mark.parametrize(
    ("lines", "fix"),
    [
        (
            """
            start s
            user review
            boundary b on=reviw timer=PT1H
            end e
            s -> review -> e
            b -> e
            """,
            "Did you mean review?",
        ),
        (
            """
            start s
            user u ext='<liuzhuan:assignment strategy=\"superiour\"/>'
            end e
            s -> u -> e
            """,
            "Did you mean superior?",
        ),
        ("start s\nthrow t link=ready\ncatch c link=reedy\nend e\ns -> t\nc -> e", "Did you mean reedy?"),
        (
            """
            start s
            user u ext='<liuzhuan:assignment strategy=\"same-as\" step=\"frist\"/>'
            user first
            end e
            s -> first -> u -> e
            """,
            "Did you mean first?",
        ),
    ],
)
def test_an_unknown_reference_suggests_the_nearest_name(lines: str, fix: str) -> None:
    assert fix in [str(each.fix) for each in problems(lines)]


def test_a_syntax_error_tells_its_position() -> None:
    found = next(each for each in problems(CHOICE.format(" : x > and y")) if each.rule == "expression-syntax")
    assert "position 5" in str(found.sentence)


class Checks:
    """Knows nothing."""

    def knows_form(self, key: str) -> bool:
        return False

    def knows_role(self, id: str) -> bool:
        return False

    knows_decision = knows_process = knows_form
    knows_department = knows_person = knows_secret = knows_role


@pytest.mark.parametrize(
    ("rule", "is_warning", "element"),
    [
        ("unknown-form", False, "user u liuzhuan:form=x/y"),
        ("unknown-decision", False, "rule u liuzhuan:decision=tier"),
        ("unknown-process", True, "call u calledElement=other"),
        ("unknown-role", False, 'user u ext=\'<liuzhuan:assignment strategy="role" role="clerk"/>\''),
        ("unknown-connector", False, "service u connector=fax"),
        ("unknown-department", True, 'user u ext=\'<liuzhuan:assignment strategy="lane" department="sales"/>\''),
        ("unknown-person", True, 'user u ext=\'<liuzhuan:assignment strategy="person" person="ann"/>\''),
    ],
)
def test_what_the_surroundings_do_not_know_is_a_problem(rule: str, is_warning: bool, element: str) -> None:
    found = problems(f"start s\n{element}\nend e\ns -> u -> e", checks=Checks(), connectors={"mail": Http()})
    assert [(each.rule, each.where, each.is_warning) for each in found] == [(rule, "u", is_warning)]


def test_checks_that_know_the_names_suggest_the_nearest() -> None:
    class WithNames(Checks):
        def names(self, kind: str) -> list[str]:
            return {"form": ["business/lead", "business/contract"]}.get(kind, [])

    found = problems("start s\nuser u liuzhuan:form=business/leed\nend e\ns -> u -> e", checks=WithNames())
    assert [str(each.fix) for each in found] == ["Did you mean business/lead?"]


def test_a_call_to_a_process_of_the_same_file_is_known() -> None:
    assert problems("start s\ncall c calledElement=p\nend e\ns -> c -> e", checks=Checks()) == ()


def test_the_schema_is_asked_only_when_wanted() -> None:
    xml = changed("start s\nend e\ns -> e", ('<endEvent id="e"', '<endEvent colour="red" id="e"'))
    assert problems(xml) == ()
    found = problems(xml, schema=True)
    assert [each.rule for each in found] == ["bpmn-schema"]
    assert "colour" in str(found[0].sentence)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<a/>",
        b'<!DOCTYPE x [<!ENTITY e "x">]><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"/>',
        b'<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p"/></definitions>',
    ],
)
def test_what_is_no_bpmn_is_refused_with_a_problem(data: bytes) -> None:
    reading = read(data)
    assert reading.model is None
    assert reading.problems


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        ('start s\nuser u liuzhuan:due="=add workin days(now(), 2)"\nend e\ns -> u -> e', "add working days"),
        ("start s\nxor g default=g_default\nend a\nend b\ns -> g\ng -> a : strin(x) = y\ng -> b : default", "string"),
        ('start s\ncatch c timer="=add workin days(now(), 2)"\nend e\ns -> c -> e', "add working days"),
    ],
)
def test_a_call_of_a_function_that_is_not_there_is_refused_with_the_one_that_was_meant(lines: str, meant: str) -> None:
    found = [each for each in read(bpmn(lines), functions=FUNCTIONS).problems if not each.is_warning]
    assert f"there is no such function; did you mean {meant}()?" in str(found[0].sentence), found
    assert read(bpmn(lines), functions=FUNCTIONS, is_deployed=True).model is not None, "what was deployed goes on"


def test_the_full_stop_of_a_comment_makes_no_method_of_what_follows() -> None:
    assert problems(changed("start s\nuser u liuzhuan:due=DUE\nend e\ns -> u -> e", ("DUE", "=// Take it.&#10;min(a, b)"))) == ()


def test_a_function_that_the_expression_itself_defines_may_be_called() -> None:
    assert problems(changed(CHOICE.format(" : CONDITION"), ("CONDITION", "{f: function(n) n = x, r: f(1)}.r"))) == ()
