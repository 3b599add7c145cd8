from tests.bpmn.cases import Run
from tests.bpmn.writing import changed

INSIDE = """
    start s
    sub x {{
        start t
        user a
        throw h escalation=late
        user b
        t -> a -> h -> b
    }}
    boundary c on=x escalation=late {}
    user v
    end e
    s -> x -> e
    c -> v -> e
    """


MARKED = '<escalationEventDefinition escalationRef="escalation_late" liuzhuan:codeVariable="why"/></boundaryEvent>'


def test_a_non_interrupting_boundary_lets_the_sub_process_go_on(run: Run) -> None:
    case = run(INSIDE.format("nonInterrupting"))
    case.complete("a")
    assert sorted(case.tasks) == ["b", "v"]


def test_an_interrupting_boundary_ends_the_sub_process(run: Run) -> None:
    case = run(INSIDE.format(""))
    case.complete("a")
    assert case.tasks == ["v"]


def test_an_event_sub_process_catches_it(run: Run) -> None:
    case = run("""
        start s
        user a
        throw h escalation=late in.why=slow
        user b
        end e
        s -> a -> h -> b -> e
        on k {
            start ks escalation=late nonInterrupting
            user v
            ks -> v
        }
        """)
    case.complete("a")
    assert sorted(case.tasks) == ["b", "v"]
    assert case.variables == {"why": "slow"}


def test_an_escalation_end_event_completes_its_path(run: Run) -> None:
    case = run("""
        start s
        sub x {
            start t
            end h escalation=late
            t -> h
        }
        boundary c on=x escalation=late nonInterrupting
        user v
        user w
        end e
        s -> x -> w -> e
        c -> v -> e
        """)
    assert sorted(case.tasks) == ["v", "w"]


def test_the_code_that_was_caught_is_put_into_a_variable(run: Run) -> None:
    xml = changed(INSIDE.format(""), ('<escalationEventDefinition escalationRef="escalation_late"/></boundaryEvent>', MARKED))
    case = run(xml)
    case.complete("a")
    assert case.variables == {"why": "late"}
