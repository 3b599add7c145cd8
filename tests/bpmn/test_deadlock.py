"""A join whose other tokens can never come is an incident at once, whatever else of its scope listens or goes on beside it."""

import pytest

from engine.bpmn import StepFailed
from tests.bpmn.cases import Run

#: An exclusive split into a parallel join: one of the two tokens never comes.
STUCK = """
start s
user t
xor g
task yes
task no
and j
user after
end e
s -> t -> g
g -> yes : x
g -> no : not(x)
yes -> j
no -> j
j -> after -> e
"""
FAILS = pytest.raises(StepFailed, match="parallelGateway j waits for ever")


EVENTS = ("message=news", "signal=news", "timer=PT1H", "condition=done", "escalation")
LISTENING = ("error", "compensate", *EVENTS, *(f"nonInterrupting {event}" for event in EVENTS))


@pytest.mark.parametrize("event", LISTENING)
def test_an_event_sub_process_that_listens_does_not_hide_it(run: Run, event: str) -> None:
    case = run(f"{STUCK}\non h {{\nstart hs {event}\nuser hu\nhs -> hu\n}}", {"x": True, "done": False})
    with FAILS as failed:
        case.complete("t")
    assert failed.value.element == "j"


def test_an_event_sub_process_that_is_active_does_not_hide_it(run: Run) -> None:
    case = run(f"{STUCK}\non h {{\nstart hs nonInterrupting message=news\nuser hu\nhs -> hu\n}}", {"x": True})
    case.send("news")
    assert case.tasks == ["t", "hu"]
    with FAILS:
        case.complete("t")


def test_it_is_found_when_the_last_branch_beside_the_join_ends(run: Run) -> None:
    case = run("""
        start s
        and f
        user a
        user b
        xor g default=g_default
        and j
        end ended
        end e
        on h {
            start hs nonInterrupting message=news
            user hu
            hs -> hu
        }
        s -> f
        f -> a -> j
        f -> b -> g
        g -> j : false
        g -> ended : default
        j -> e
        """)
    case.complete("a")
    case.send("news")
    with FAILS:
        case.complete("b")


def test_it_is_found_in_a_sub_process_beside_other_paths(run: Run) -> None:
    inner = (
        STUCK.replace("start s\n", "start is\n")
        .replace("s -> t", "is -> t")
        .replace("end e\n", "end ie\n")
        .replace("-> e\n", "-> ie\n")
    )
    case = run(
        f"""
        start s
        and f
        sub x {{
        {inner}
        on h {{
            start hs timer=PT1H
            user hu
            hs -> hu
        }}
        }}
        user other
        s -> f
        f -> x
        f -> other
        """,
        {"x": True},
    )
    with FAILS:
        case.complete("t")


def test_an_inclusive_join_goes_on_although_an_event_sub_process_is_active(run: Run) -> None:
    lines = STUCK.replace("and j", "or j") + "on h {\nstart hs nonInterrupting message=news\nuser hu\nhs -> hu\n}"
    case = run(lines, {"x": True})
    case.send("news")
    case.complete("t")
    assert case.tasks == ["hu", "after"]


def test_a_boundary_event_that_can_still_bring_the_token_is_waited_for(run: Run) -> None:
    case = run("""
        start s
        and f
        user a
        boundary b on=a nonInterrupting timer=PT1H
        user late
        and j
        end e
        end ended
        s -> f
        f -> j
        f -> a -> ended
        b -> late -> j
        j -> e
        """)
    case.pass_time(hours=2)
    case.complete("a")
    case.complete("late")
    assert case.outcome == "completed"


def test_a_sequential_ad_hoc_sub_process_begins_what_the_join_waits_for(run: Run) -> None:
    case = run("""
        start s
        adhoc x ordering=Sequential {
            user a
            user b
            and j
            user after
            a -> j
            b -> j
            j -> after
        }
        end e
        s -> x -> e
        """)
    case.complete("a")
    assert case.tasks == ["b"]
    case.complete("b")
    case.complete("after")
    assert case.outcome == "completed"
