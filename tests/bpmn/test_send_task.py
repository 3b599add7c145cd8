from engine.facts.events import MessageThrown
from tests.bpmn.cases import Run


def test_a_send_task_throws_its_message_with_its_inputs(run: Run) -> None:
    case = run(
        """
        start s
        send m message=offer/number in.price='=amount'
        end e
        s -> m -> e
        """,
        {"amount": 5, "number": "N1", "private": 1},
    )
    thrown = case.of(MessageThrown)[0]
    assert (thrown.name, thrown.correlation_key, thrown.variables) == ("offer", "N1", {"price": 5})
    assert case.outcome == "completed"


def test_a_send_task_with_a_connector_is_a_job(run: Run) -> None:
    case = run("start s\nsend m connector=mail\nend e\ns -> m -> e")
    assert case.jobs == ["m"]
    case.finish("m")
    assert case.outcome == "completed"


def test_a_message_is_first_caught_inside_the_same_instance(run: Run) -> None:
    case = run(
        """
        start s
        and f
        receive r message=offer/number
        user u
        send m message=offer/number in.price=5
        end e
        s -> f -> r -> e
        f -> u -> m -> e
        """,
        {"number": "N1"},
    )
    case.complete("u")
    assert case.of(MessageThrown) == []
    assert case.variables["price"] == "5"
    assert case.outcome == "completed"


def test_another_correlation_key_does_not_catch_it(run: Run) -> None:
    case = run(
        """
        start s
        and f
        receive r message=offer/number
        user u
        send m message=offer/number
        end e
        s -> f -> r -> e
        f -> u -> m -> e
        """,
        {"number": "N1"},
    )
    case.complete("u", {"number": "N2"})
    assert case.of(MessageThrown)[0].correlation_key == "N2"
    assert case.waiting_for == ["offer"]
