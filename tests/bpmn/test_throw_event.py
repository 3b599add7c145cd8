from engine.facts.events import EscalationThrown, MessageThrown, SignalThrown
from tests.bpmn.cases import Run


def test_a_message_that_nothing_here_catches_is_told_to_the_outside(run: Run) -> None:
    case = run(
        """
        start s
        throw t message=order/number in.sum='=a + b'
        end e
        s -> t -> e
        """,
        {"a": 1, "b": 2, "number": 7},
    )
    thrown = case.of(MessageThrown)[0]
    assert (thrown.name, thrown.correlation_key, thrown.variables) == ("order", "7", {"sum": 3})


def test_a_message_goes_to_the_longest_waiting_only(run: Run) -> None:
    case = run("""
        start s
        and f
        catch a message=m
        catch b message=m
        user u
        throw t message=m
        user x
        user y
        end e
        s -> f -> a -> x -> e
        f -> b -> y -> e
        f -> u -> t -> e
        """)
    case.complete("u")
    assert case.tasks == ["x"]
    assert case.of(MessageThrown) == []


def test_a_signal_goes_to_all_inside_and_to_the_outside(run: Run) -> None:
    case = run("""
        start s
        and f
        catch a signal=m
        catch b signal=m
        user u
        throw t signal=m in.n==5
        user x
        user y
        end e
        s -> f -> a -> x -> e
        f -> b -> y -> e
        f -> u -> t -> e
        """)
    case.complete("u")
    assert case.tasks == ["x", "y"]
    assert case.of(SignalThrown)[0].variables == {"n": 5}
    assert case.variables == {"n": 5}


def test_an_escalation_that_nothing_catches_is_told_and_the_process_goes_on(run: Run) -> None:
    case = run("start s\nthrow t escalation=late\nuser u\nend e\ns -> t -> u -> e")
    assert case.of(EscalationThrown)[0].code == "late"
    assert case.tasks == ["u"]


def test_a_throw_event_without_an_event_passes(run: Run) -> None:
    assert run("start s\nthrow t\nuser u\nend e\ns -> t -> u -> e").tasks == ["u"]


def test_its_outputs_are_set_when_it_has_thrown(run: Run) -> None:
    lines = "start s\n{} t message=m in.sum='=a + 1' out.told='=true'\nend e\ns -> t -> e"
    for kind in ("throw", "send"):
        case = run(lines.format(kind), {"a": 1})
        assert case.of(MessageThrown)[0].variables == {"sum": 2}
        assert case.variables == {"a": 1, "told": True}
