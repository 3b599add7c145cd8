"""Every rule: a model that breaks it, the element it is told of, and what the sentence or the fix says."""

import pytest

from engine.bpmn import read
from tests.bpmn.writing import bpmn


def problems(lines, **more):
    xml = lines if isinstance(lines, bytes) else bpmn(lines)
    return read(xml, **more).problems


def changed(lines, *changes):
    xml = bpmn(lines).decode()
    for old, new in changes:
        assert old in xml
        xml = xml.replace(old, new)
    return xml.encode()


CHOICE = "start s\nxor g\nend a\nend b\ns -> g\ng -> a : x > 1\ng -> b{}"
TIMER = "start s\ncatch c timer='{}'\nend e\ns -> c -> e"

ERRORS = [
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
    (
        "expression-missing",
        "c",
        "condition of the event is empty",
        changed(
            """
        start s
        catch c condition=x
        end e
        s -> c -> e
        """,
            ("<condition>x</condition>", "<condition/>"),
        ),
    ),
    ("expression-juel", "g_b", "cannot be translated to FEEL", CHOICE.format(" : ${bean.call(execution)}")),
    ("no-start", "p", "no start event", "end e\nuser u\nu -> e\ne -> u"),
    (
        "boundary-event",
        "b",
        "attached to v, which is no activity",
        """
        start s
        user u
        boundary b on=v timer=PT1H
        end e
        s -> u -> e
        b -> e
        """,
    ),
    ("boundary-event", "b", "waits for nothing", "start s\nuser u\nboundary b on=u\nend e\ns -> u -> e\nb -> e"),
    (
        "boundary-event",
        "b",
        "Only a transaction can be cancelled",
        """
        start s
        user u
        boundary b on=u cancel
        end e
        s -> u -> e
        b -> e
        """,
    ),
    (
        "boundary-event",
        "b",
        "An error always interrupts",
        """
        start s
        user u
        boundary b on=u error=E nonInterrupting
        end e
        s -> u -> e
        b -> e
        """,
    ),
    (
        "compensation-handler",
        "b",
        "No association leads",
        """
        start s
        user u
        boundary b on=u compensate
        end e
        s -> u -> e
        """,
    ),
    (
        "event-sub-process-start",
        "h",
        "exactly one start event",
        """
        start s
        end e
        s -> e
        on h {
            start hs
            end he
            hs -> he
        }
        """,
    ),
    ("event-sub-process-start", "h", "exactly one start event", "start s\nend e\ns -> e\non h {\nend he\n}"),
    (
        "sub-process-start",
        "t",
        "only an event sub-process starts by one",
        """
        start s
        sub x {
            start t message=m
            end f
            t -> f
        }
        end e
        s -> x -> e
        """,
    ),
    ("link-target", "t", "No link event catches A", "start s\nthrow t link=A\ns -> t"),
    (
        "link-target",
        "d",
        "Two link events catch A",
        """
        start s
        throw t link=A
        catch c link=A
        catch d link=A
        s -> t
        """,
    ),
    ("timer-cron", "c", "is a cron text", TIMER.format("0 0/5 * * * ?")),
    ("timer-cron", "c", "is a cron text", TIMER.format("0 9 * * 1-5")),
    ("timer-syntax", "c", "is not a duration", TIMER.format("P1H")),
    ("timer-syntax", "c", "is not a moment", TIMER.format("2026-13-01")),
    ("timer-missing", "c", "exactly one of", changed(TIMER.format("PT1H"), ("<timeDuration>PT1H</timeDuration>", ""))),
    ("message-missing", "c", "messageRef is missing", "start s\ncatch c message\nend e\ns -> c -> e"),
    (
        "unknown-reference",
        "c",
        "names message_paid, and there is no message",
        changed(
            """
        start s
        catch c message=paid
        end e
        s -> c -> e
        """,
            ('<message id="message_paid" name="paid"/>', ""),
        ),
    ),
    (
        "event-kind",
        "c",
        "A catch event cannot have an event of kind error",
        """
        start s
        catch c error=E
        end e
        s -> c -> e
        """,
    ),
    ("event-kind", "s", "A start event cannot have an event of kind error", "start s error=E\nend e\ns -> e"),
    (
        "event-kind",
        "t",
        "A throw event cannot have an event of kind error",
        """
        start s
        throw t error=E
        end e
        s -> t -> e
        """,
    ),
    ("event-missing", "c", "waits for nothing", "start s\ncatch c\nend e\ns -> c -> e"),
    ("cancel-event", "e", "only inside a transaction", "start s\nend e cancel\ns -> e"),
    ("event-based-gateway", "g", "at least two", "start s\nwait g\ncatch c message=m\nend e\ns -> g -> c -> e"),
    (
        "event-based-gateway",
        "g",
        "is no catching event",
        """
        start s
        wait g
        catch c message=m
        user u
        end e
        s -> g -> c -> e
        g -> u -> e
        """,
    ),
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
        "Scripts in python are not run",
        """
        start s
        script t scriptFormat=python script='import os'
        end e
        s -> t -> e
        """,
    ),
    ("called-missing", "c", "names no process", "start s\ncall c\nend e\ns -> c -> e"),
    (
        "strategy-unknown",
        "u",
        "no assignment strategy 'roles'",
        """
        start s
        user u ext='<liuzhuan:assignment strategy=\"roles\"/>'
        end e
        s -> u -> e
        """,
    ),
    ("value-unknown", "u", "comment is 'always'", "start s\nuser u liuzhuan:comment=always\nend e\ns -> u -> e"),
    (
        "value-unknown",
        "c",
        "binding is 'newest'",
        """
        start s
        call c calledElement=x liuzhuan:binding=newest
        end e
        s -> c -> e
        """,
    ),
    ("not-a-number", "u", "startQuantity is '0'", "start s\nuser u startQuantity=0\nend e\ns -> u -> e"),
    ("not-a-number", "u", "The priority is 'high'", "start s\nuser u liuzhuan:priority=high\nend e\ns -> u -> e"),
    (
        "name-missing",
        "u",
        "An input has no name",
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
    ("id-missing", "p", "A endEvent has no id", changed("start s\nend e\ns -> e", ("</process>", "<endEvent/></process>"))),
]

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
        "service-task-idle",
        "j",
        "implementation com.example.Mail is code of another product",
        """
        start s
        service j camunda:class=com.example.Mail
        end e
        s -> j -> e
        """,
    ),
    ("decision-missing", "r", "names no decision", "start s\nrule r\nend e\ns -> r -> e"),
    ("script-empty", "t", "is empty", "start s\nscript t\nend e\ns -> t -> e"),
    ("gateway-ends", "g", "Nothing leaves gateway g", "start s\nand g\ns -> g"),
    ("link-source", "c", "No link event leads to A", "start s\nend e\ncatch c link=A\ns -> e\nc -> e"),
    ("not-executable", "p", "is not marked executable", changed("start s\nend e\ns -> e", (' isExecutable="true"', ""))),
]


@pytest.mark.parametrize(("rule", "where", "words", "lines"), ERRORS)
def test_an_error_is_told_with_its_element_and_refuses_the_model(rule, where, words, lines):
    xml = lines if isinstance(lines, bytes) else bpmn(lines)
    reading = read(xml)
    found = [each for each in reading.problems if each.rule == rule and each.where == where]
    assert found, reading.problems
    assert words in found[0].sentence
    assert found[0].line > 0
    assert not found[0].is_warning
    assert reading.model is None


@pytest.mark.parametrize(("rule", "where", "words", "lines"), WARNINGS)
def test_a_warning_is_told_and_refuses_nothing(rule, where, words, lines):
    reading = read(lines if isinstance(lines, bytes) else bpmn(lines))
    found = next(each for each in reading.problems if each.rule == rule)
    assert (found.where, found.is_warning) == (where, True)
    assert words in found.sentence
    assert reading.model is not None


def test_all_problems_are_found_at_once():
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
def test_an_unknown_reference_suggests_the_nearest_name(lines, fix):
    assert fix in [each.fix for each in problems(lines)]


def test_a_syntax_error_tells_its_position():
    found = next(each for each in problems(CHOICE.format(" : x > and y")) if each.rule == "expression-syntax")
    assert "position 5" in found.sentence


class Checks:
    """Knows nothing."""

    def knows_form(self, key):
        return False

    knows_decision = knows_process = knows_role = knows_connector = knows_form


@pytest.mark.parametrize(
    ("rule", "is_warning", "element"),
    [
        ("unknown-form", False, "user u liuzhuan:form=x/y"),
        ("unknown-decision", False, "rule u liuzhuan:decision=tier"),
        ("unknown-process", True, "call u calledElement=other"),
        ("unknown-role", False, 'user u ext=\'<liuzhuan:assignment strategy="role" role="clerk"/>\''),
        ("unknown-connector", False, "service u connector=fax"),
    ],
)
def test_what_the_surroundings_do_not_know_is_a_problem(rule, is_warning, element):
    found = problems(f"start s\n{element}\nend e\ns -> u -> e", checks=Checks())
    assert [(each.rule, each.where, each.is_warning) for each in found] == [(rule, "u", is_warning)]


def test_a_call_to_a_process_of_the_same_file_is_known():
    assert problems("start s\ncall c calledElement=p\nend e\ns -> c -> e", checks=Checks()) == ()


def test_the_schema_is_asked_only_when_wanted():
    xml = changed("start s\nend e\ns -> e", ('<endEvent id="e"', '<endEvent colour="red" id="e"'))
    assert problems(xml) == ()
    found = problems(xml, schema=True)
    assert [each.rule for each in found] == ["bpmn-schema"]
    assert "colour" in found[0].sentence


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
def test_what_is_no_bpmn_is_refused_with_a_problem(data):
    reading = read(data)
    assert reading.model is None
    assert reading.problems
