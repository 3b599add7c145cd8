from tests.bpmn.cases import NOON, Run

LISTENING = "start s\nuser a\nend e\ns -> a -> e\non h {{\nstart hs {}\nuser v\nhs -> v\n}}"


def test_a_message_interrupts_the_process(run: Run) -> None:
    case = run(LISTENING.format("message=stop"))
    case.send("stop", {"why": "price"})
    assert case.tasks == ["v"]
    assert case.variables == {"why": "price"}
    assert case.waiting_for == []
    case.complete("v")
    assert case.outcome == "completed"


def test_a_non_interrupting_one_runs_beside_the_process_and_may_run_again(run: Run) -> None:
    case = run(LISTENING.format("message=hint nonInterrupting"))
    case.send("hint")
    case.send("hint")
    assert case.tasks == ["a", "v", "v"]
    case.complete("a")
    assert case.outcome is None
    case.complete("v")
    case.complete("v")
    assert case.outcome == "completed"


def test_it_listens_no_more_when_its_scope_has_ended(run: Run) -> None:
    case = run(LISTENING.format("message=stop"))
    case.complete("a")
    assert case.outcome == "completed"
    assert case.waiting_for == []


def test_a_repeating_timer_begins_it_again_and_again(run: Run) -> None:
    case = run(LISTENING.format("timer=R2/PT1H nonInterrupting"))
    case.pass_time(hours=9)
    assert case.tasks == ["a", "v", "v"]


def test_a_condition_begins_it(run: Run) -> None:
    case = run(LISTENING.format("condition='amount > 5'"), {"amount": 1})
    case.complete("a", {"amount": 6})
    assert case.tasks == ["v"] or case.outcome == "completed"


def test_inside_a_sub_process_it_interrupts_just_that(run: Run) -> None:
    case = run("""
        start s
        sub x {
            start t
            user a
            t -> a
            on h {
                start hs signal=stop
                user v
                hs -> v
            }
        }
        user b
        end e
        s -> x -> b -> e
        """)
    case.send("stop")
    assert case.tasks == ["v"]
    case.complete("v")
    assert case.tasks == ["b"]


def test_its_timer_counts_from_the_beginning_of_the_scope(run: Run) -> None:
    case = run("""
        start s
        user a
        sub x {
            start t
            user b
            t -> b
            on h {
                start hs timer=PT1H
                user v
                hs -> v
            }
        }
        end e
        s -> a -> x -> e
        """)
    assert case.due == []
    case.now = NOON.replace(hour=18)
    case.complete("a")
    assert case.due == [NOON.replace(hour=19)]


def test_a_parallel_multiple_start_needs_all_its_events(run: Run) -> None:
    case = run(LISTENING.format("message=x signal=y parallelMultiple=true nonInterrupting"))
    case.send("x", {"n": 1})
    assert case.tasks == ["a"]
    case.send("y")
    assert case.tasks == ["a", "v"]
    assert case.variables == {"n": 1}
    case.send("y")
    assert case.tasks == ["a", "v"]


def test_an_escalation_brings_its_variables_into_the_handler(run: Run) -> None:
    case = run("""
        start s
        throw t escalation=late in.why=slow
        user a
        s -> t -> a
        on h {
            start hs escalation=late out.reason==why
            user v
            hs -> v
        }
        """)
    assert case.tasks == ["v"]
    assert case.variables == {"reason": "slow"}


def test_what_its_outputs_name_is_kept(run: Run) -> None:
    case = run("""
        start s
        user a
        end e
        s -> a -> e
        on h in.here==1 out.doubled='=n * 2' {
            start hs message=m nonInterrupting
            end he
            hs -> he
        }
        """)
    case.send("m", {"n": 4})
    assert case.variables == {"n": 4, "doubled": 8}
