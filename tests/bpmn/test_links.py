from engine.facts.events import ElementCompleted
from tests.bpmn.cases import Run


def test_a_link_goes_on_at_the_catch_event_of_its_name(run: Run) -> None:
    case = run("start s\nthrow t link=A\ncatch c link=A\nuser u\nend e\ns -> t\nc -> u -> e")
    assert case.tasks == ["u"]
    assert case.path == ["s", "t", "c"]


def test_several_throws_may_lead_to_one_catch(run: Run) -> None:
    case = run("""
        start s
        and f
        throw t1 link=A
        throw t2 link=A
        catch c link=A
        user u
        end e
        s -> f -> t1
        f -> t2
        c -> u -> e
        """)
    assert case.tasks == ["u", "u"]


def test_a_link_is_not_told_as_a_sequence_flow(run: Run) -> None:
    case = run("start s\nthrow t link=A\ncatch c link=A\nend e\ns -> t\nc -> e")
    assert next(each.flows for each in case.of(ElementCompleted) if each.element == "t") == ()


def test_an_inclusive_join_sees_a_token_before_a_link(run: Run) -> None:
    case = run("""
        start s
        and f
        user a
        user b
        throw t link=A
        catch c link=A
        or j
        user d
        end e
        s -> f -> a -> j
        f -> b -> t
        c -> j
        j -> d -> e
        """)
    case.complete("a")
    assert case.tasks == ["b"]
    case.complete("b")
    assert case.tasks == ["d"]
