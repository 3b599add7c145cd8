from engine.bpmn import Trigger
from engine.facts.events import SubscriptionClosed
from tests.bpmn.cases import Run

RACE = """
start s
wait g
catch m message=answer
catch t timer=P3D
receive r message=refusal
user a
user b
user c
end e
s -> g
g -> m -> a -> e
g -> t -> b -> e
g -> r -> c -> e
"""


def test_the_first_event_decides_the_path(run: Run) -> None:
    case = run(RACE)
    case.send("answer", {"text": "yes"})
    assert case.tasks == ["a"]
    assert case.variables == {"text": "yes"}
    assert case.path == ["s", "g", "m"]


def test_the_others_are_not_waited_for_any_more(run: Run) -> None:
    case = run(RACE)
    case.pass_time(days=3)
    assert case.tasks == ["b"]
    assert case.waiting_for == []
    assert sorted(each.subscription for each in case.of(SubscriptionClosed)) == [1, 2, 3]


def test_a_receive_task_may_follow(run: Run) -> None:
    case = run(RACE)
    case.send("refusal")
    assert case.tasks == ["c"]


def test_an_instantiating_gateway_starts_the_process_by_one_of_its_events(run: Run) -> None:
    lines = """
        wait g instantiate=true
        catch m message=order
        catch n message=request
        user a
        user b
        end e
        g -> m -> a -> e
        g -> n -> b -> e
        """
    assert run(lines, trigger=Trigger("message", "request")).tasks == ["b"]
