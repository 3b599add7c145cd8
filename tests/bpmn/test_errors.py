import pytest

from engine.facts.events import ProcessInstanceEnded
from tests.bpmn.cases import Run
from tests.bpmn.writing import changed

INSIDE = "start s\nsub x {{\nstart t\nuser a\nend f error=E1\nt -> a -> f\n}}\n{boundaries}\nend e\ns -> x -> e"


def test_an_error_is_caught_at_the_boundary_of_the_sub_process(run: Run) -> None:
    case = run(INSIDE.format(boundaries="boundary b on=x error=E1\nuser v\nb -> v -> e"))
    case.complete("a")
    assert case.tasks == ["v"]


def test_the_boundary_of_this_very_code_goes_before_one_for_every_error(run: Run) -> None:
    lines = "boundary all on=x error\nuser v\nall -> v -> e\nboundary own on=x error=E1\nuser w\nown -> w -> e"
    case = run(INSIDE.format(boundaries=lines))
    case.complete("a")
    assert case.tasks == ["w"]


def test_an_error_of_another_code_passes_by(run: Run) -> None:
    case = run(INSIDE.format(boundaries="boundary b on=x error=E2\nuser v\nb -> v -> e"))
    case.complete("a")
    assert case.outcome == "error"


def test_an_error_nothing_catches_ends_the_instance_with_its_code(run: Run) -> None:
    case = run("start s\nand f\nuser a\nuser b\nend x error=E7\nend e\ns -> f -> a -> x\nf -> b -> e")
    case.complete("a")
    ended = case.of(ProcessInstanceEnded)[0]
    assert (ended.outcome, ended.code, ended.element) == ("error", "E7", "x")
    assert case.tasks == []


def test_an_error_climbs_through_several_scopes(run: Run) -> None:
    case = run("""
        start s
        sub x {
            start t
            sub y {
                start t2
                end f error=E1
                t2 -> f
            }
            t -> y
        }
        boundary b on=x error=E1
        user v
        end e
        s -> x -> e
        b -> v -> e
        """)
    assert case.tasks == ["v"]


def test_an_event_sub_process_catches_an_error_of_its_scope(run: Run) -> None:
    case = run("""
        start s
        user a
        end f error=E1
        s -> a -> f
        on h {
            start hs error=E1
            user v
            end he
            hs -> v -> he
        }
        """)
    case.complete("a")
    assert case.tasks == ["v"]
    case.complete("v")
    assert case.outcome == "completed"


def test_an_error_inside_its_handler_is_not_caught_by_it_again(run: Run) -> None:
    case = run("""
        start s
        user a
        end f error=E1
        s -> a -> f
        on h {
            start hs error=E1
            end he error=E1
            hs -> he
        }
        """)
    case.complete("a")
    assert case.outcome == "error"


@pytest.mark.parametrize(
    "names",
    [
        "liuzhuan:codeVariable='code' liuzhuan:messageVariable='why'",
        "camunda:errorCodeVariable='code' camunda:errorMessageVariable='why'",
    ],
)
def test_the_code_and_message_of_a_job_error_become_variables_when_they_are_named(run: Run, names: str) -> None:
    lines = """
        start s
        service j connector=http
        boundary b on=j error=E1
        user v
        end e
        s -> j -> e
        b -> v -> e
        """
    case = run(
        changed(lines, ('<errorEventDefinition errorRef="error_E1"/>', f'<errorEventDefinition {names} errorRef="error_E1"/>'))
    )
    case.fail("j", "E1", {"status": 503})
    assert case.tasks == ["v"]
    assert case.variables == {"status": 503, "code": "E1", "why": "it went wrong"}


@pytest.mark.parametrize("place", ["parallel", "sequential"])
def test_an_error_of_one_instance_ends_the_whole_multi_instance(run: Run, place: str) -> None:
    words = "each==[1,2,3] as=n" + (" sequential" if place == "sequential" else "")
    case = run(f"""
        start s
        sub x {words} {{
            start t
            user a
            end f error=E1
            t -> a -> f
        }}
        boundary b on=x error=E1
        user v
        end e
        s -> x -> e
        b -> v -> e
        """)
    case.complete("a")
    assert case.tasks == ["v"]
