"""What is wrong with events: the element it is told of, and what the sentence says."""

import pytest

from engine.bpmn import read
from tests.bpmn.writing import bpmn, changed

TIMER = "start s\ncatch c timer='{}'\nend e\ns -> c -> e"

ERRORS = [
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
    ("timer-cron", "c", "“MONDAY” cannot be read", TIMER.format("0 0 9 ? * MONDAY")),
    ("timer-cron", "c", "which is read in two ways", TIMER.format("0 9 13 * FRI")),
    ("timer-syntax", "c", "is not a duration", TIMER.format("P1H")),
    ("timer-cron", "c", "“2099-2098” cannot be read", TIMER.format("0 0 9 1 1 ? 2099-2098")),
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
    ("event-based-gateway", "g", "waits for nothing", "start s\nwait g\ns -> g"),
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


#: The files of SpiffWorkflow have expressions without an equals sign.
NOT_OF_SPIFFWORKFLOW = (' xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"', "")


@pytest.mark.parametrize("tag", ["timeDuration", "timeCycle", "timeDate"])
@pytest.mark.parametrize(
    ("text", "why"),
    [
        *((text, "is not a duration") for text in ("p2d", "P", "pt1h", "-p1d", "P1", "P1H")),
        *((text, "is not a repetition") for text in ("r3/PT1H", "R 3/PT1H", "R-1/PT1H", "R3", "r/pt1h")),
        *((text, "is not a moment") for text in ("when", "tomorrow", "2 days")),
    ],
)
def test_a_time_without_an_equals_sign_is_no_expression(tag: str, text: str, why: str) -> None:
    lines = TIMER.format("PT1H")
    xml = changed(lines, NOT_OF_SPIFFWORKFLOW, ("timeDuration>", f"{tag}>"), ("PT1H", text))
    (problem,) = read(xml).problems
    assert (problem.rule, problem.where) == ("timer-syntax", "c")
    assert f"“{text}” {why}" in str(problem.sentence)
    assert "an expression begins with =" in str(problem.fix)
