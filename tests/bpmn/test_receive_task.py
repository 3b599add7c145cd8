import pytest

from engine.bpmn import NotWaiting, StepFailed, Trigger
from engine.facts.events import SubscriptionClosed, SubscriptionOpened
from tests.bpmn.cases import NOON, Run

WAITING = "start s\nreceive r message=payment/contract\nuser u\nend e\ns -> r -> u -> e"


def test_it_waits_for_its_message_with_the_correlation_key(run: Run) -> None:
    case = run(WAITING, {"contract": 17})
    opened = case.of(SubscriptionOpened)[0]
    assert (opened.kind, opened.name, opened.correlation_key, opened.subscription) == ("message", "payment", "17", 1)
    case.send("payment", {"paid": 5}, key="17")
    assert case.variables == {"contract": 17, "paid": 5}
    assert case.of(SubscriptionClosed)[0].subscription == 1
    assert case.tasks == ["u"]


def test_a_message_is_delivered_once(run: Run) -> None:
    case = run(WAITING, {"contract": 17})
    case.send("payment", key="17")
    with pytest.raises(NotWaiting):
        case.execution.deliver(1, {}, NOON)


def test_a_correlation_key_without_its_variable_is_a_failed_step(run: Run) -> None:
    with pytest.raises(
        StepFailed, match="the correlation key of message payment is null: “contract” needs its variables first"
    ) as failed:
        run(WAITING)
    assert failed.value.element == "r"


def test_an_instantiating_receive_task_starts_the_process(run: Run) -> None:
    case = run(
        """
        receive r message=order instantiate=true
        user u
        end e
        r -> u -> e
        """,
        trigger=Trigger("message", "order"),
    )
    assert case.tasks == ["u"]
    assert case.path == ["r"]


def test_outputs_decide_what_is_taken_from_the_message(run: Run) -> None:
    case = run("start s\nreceive r message=payment out.sum='=paid * 2'\nuser u\nend e\ns -> r -> u -> e")
    case.send("payment", {"paid": 5, "else": 1})
    assert case.variables == {"sum": 10}
