from engine.events import EscalationThrown, MessageThrown, SignalThrown


def test_a_message_that_nothing_here_catches_is_told_to_the_outside(run):
    case = run("start s\nthrow t message=order/number in.sum='=a + b'\nend e\ns -> t -> e", {"a": 1, "b": 2, "number": 7})
    thrown = case.of(MessageThrown)[0]
    assert (thrown.name, thrown.correlation_key, thrown.variables) == ("order", "7", {"sum": 3})


def test_a_message_goes_to_the_longest_waiting_only(run):
    case = run("start s\nand f\ncatch a message=m\ncatch b message=m\nuser u\nthrow t message=m\nuser x\nuser y\nend e\ns -> f -> a -> x -> e\nf -> b -> y -> e\nf -> u -> t -> e")
    case.complete("u")
    assert case.tasks == ["x"]
    assert case.of(MessageThrown) == []


def test_a_signal_goes_to_all_inside_and_to_the_outside(run):
    case = run("start s\nand f\ncatch a signal=m\ncatch b signal=m\nuser u\nthrow t signal=m in.n==5\nuser x\nuser y\nend e\ns -> f -> a -> x -> e\nf -> b -> y -> e\nf -> u -> t -> e")
    case.complete("u")
    assert case.tasks == ["x", "y"]
    assert case.of(SignalThrown)[0].variables == {"n": 5}
    assert case.variables == {"n": 5}


def test_an_escalation_that_nothing_catches_is_told_and_the_process_goes_on(run):
    case = run("start s\nthrow t escalation=late\nuser u\nend e\ns -> t -> u -> e")
    assert case.of(EscalationThrown)[0].code == "late"
    assert case.tasks == ["u"]


def test_a_throw_event_without_an_event_passes(run):
    assert run("start s\nthrow t\nuser u\nend e\ns -> t -> u -> e").tasks == ["u"]
