from engine.facts.events import ElementCancelled, ElementCompleted, MessageThrown, ProcessInstanceEnded, SignalThrown
from tests.bpmn.cases import Run

FORK = "start s\nand f\nuser a\nuser b\nend e1 {}\nend e2\ns -> f -> a -> e1\nf -> b -> e2"


def test_the_instance_ends_when_every_path_has_ended(run: Run) -> None:
    case = run(FORK.format(""))
    case.complete("a")
    assert case.outcome is None
    case.complete("b")
    assert [(each.element, each.outcome) for each in case.of(ProcessInstanceEnded)] == [("e2", "completed")]


def test_a_terminate_end_event_ends_every_path(run: Run) -> None:
    case = run(FORK.format("terminate"))
    case.complete("a")
    assert case.outcome == "terminated"
    assert [(each.element, each.reason) for each in case.of(ElementCancelled)] == [("b", "terminated")]


def test_a_terminate_end_event_inside_a_sub_process_ends_just_that(run: Run) -> None:
    case = run("""
        start s
        sub x {
            start t
            and f
            user a
            user b
            end e1 terminate
            t -> f -> a -> e1
            f -> b
        }
        user v
        end e
        s -> x -> v -> e
        """)
    case.complete("a")
    assert case.tasks == ["v"]


def test_message_and_signal_end_events_throw(run: Run) -> None:
    case = run("start s\nand f\nend m message=done in.x=1\nend g signal=over\ns -> f -> m\nf -> g")
    assert case.of(MessageThrown)[0].name == "done"
    assert case.of(SignalThrown)[0].name == "over"
    assert case.outcome == "completed"


def test_a_path_may_end_without_an_end_event(run: Run) -> None:
    case = run("start s\nuser a\ns -> a")
    case.complete("a")
    assert case.outcome == "completed"
    assert case.of(ProcessInstanceEnded)[0].element == "a"


def test_the_last_event_of_all_tells_the_end(run: Run) -> None:
    case = run("start s\nend e\ns -> e")
    assert [type(each) for each in case.events[-2:]] == [ElementCompleted, ProcessInstanceEnded]


def test_nothing_more_is_thrown_when_an_error_has_ended_the_instance(run: Run) -> None:
    case = run("start s\nend e error=E1 message=done\ns -> e")
    assert case.outcome == "error"
    assert case.of(MessageThrown) == []


def test_an_end_event_may_throw_several_events(run: Run) -> None:
    case = run("start s\nend e signal=over message=done\ns -> e")
    assert [each.name for each in case.of(SignalThrown)] == ["over"]
    assert [each.name for each in case.of(MessageThrown)] == ["done"]
