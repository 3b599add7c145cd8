import pytest

from engine.bpmn import Model, StepFailed
from engine.facts.events import UserTaskCreated
from tests.bpmn.cases import Run, Surroundings, model_of

CALLER = "start s\ncall c calledElement=inner {}\nuser after\nend e\ns -> c -> after -> e"
CALLED = "start is\nuser work\nend ie\nis -> work -> ie"


def calling(lines: str = CALLED, **more: Model) -> Surroundings:
    return Surroundings(called=model_of(lines, id="inner"), **more)


def test_the_called_process_runs_inside_the_same_instance(run: Run) -> None:
    case = run(CALLER.format(""), {"a": 1}, host=calling())
    assert case.tasks == ["work"]
    created = case.of(UserTaskCreated)[0]
    assert created.definition == "called"
    case.complete("work", {"b": 2})
    assert case.tasks == ["after"]
    assert case.variables == {"a": 1, "b": 2}


def test_only_inputs_go_in_and_only_outputs_come_back(run: Run) -> None:
    case = run(CALLER.format("in.amount==a+1 out.result==amount*n out.never==unknown"), {"a": 1, "secret": 9}, host=calling())
    token = case.of(UserTaskCreated)[0].token
    assert case.execution.variables_of(token) == {"amount": 2}
    case.complete("work", {"n": 10, "internal": 1})
    assert case.variables == {"a": 1, "secret": 9, "result": 20, "never": None}


def test_the_variables_of_the_called_process_are_its_own(run: Run) -> None:
    case = run(CALLER.format(""), {"a": 1}, host=calling())
    token = case.of(UserTaskCreated)[0].token
    case.set(token, a=5)
    assert case.variables == {"a": 1}


def test_an_error_of_the_called_process_is_caught_by_the_caller(run: Run) -> None:
    host = calling("start is\nuser work\nend ie error=E1\nis -> work -> ie")
    case = run(CALLER.format("") + "\nboundary b on=c error=E1\nuser v\nb -> v -> e", host=host)
    case.complete("work")
    assert case.tasks == ["v"]


def test_the_process_to_call_may_be_an_expression(run: Run) -> None:
    case = run('start s\ncall c calledElement="=which"\nend e\ns -> c -> e', {"which": "inner"}, host=calling())
    assert case.tasks == ["work"]


def test_the_binding_reaches_the_host(run: Run) -> None:
    host = calling()
    run(CALLER.format("liuzhuan:binding=deployment"), host=host)
    assert host.asked == [("inner", "deployment", None)]


def test_an_unknown_process_is_a_failed_step(run: Run) -> None:
    with pytest.raises(StepFailed, match="There is no process inner") as failed:
        run(CALLER.format(""))
    assert failed.value.element == "c"


def test_a_process_that_calls_itself_is_stopped(run: Run) -> None:
    model = model_of("start s\ncall c calledElement=p\nend e\ns -> c -> e")
    with pytest.raises(StepFailed, match="MAX_CALL_DEPTH is 30"):
        run(model)


def test_calls_nest_and_return(run: Run) -> None:
    host = calling("start is\ncall c2 calledElement=innermost\nend ie\nis -> c2 -> ie")
    host.models["third"] = model_of("start x\nuser deep\nend y\nx -> deep -> y", id="innermost")
    case = run(CALLER.format(""), host=host)
    assert case.of(UserTaskCreated)[0].definition == "third"
    case.complete("deep")
    assert case.tasks == ["after"]


def test_a_multi_instance_call_runs_the_process_for_each_item(run: Run) -> None:
    case = run(CALLER.format("each==[1,2,3] as=n in.n==n out.r==n*2 collect=all outputElement==r"), host=calling())
    assert case.tasks == ["work"] * 3
    for _ in range(3):
        case.complete("work")
    assert case.variables["all"] == [2, 4, 6]


def test_terminating_the_called_process_ends_only_that(run: Run) -> None:
    case = run(
        CALLER.format(""),
        host=calling("""
        start is
        and f
        user work
        user other
        end t terminate
        is -> f -> work -> t
        f -> other
        """),
    )
    case.complete("work")
    assert case.tasks == ["after"]


def test_a_message_reaches_a_called_process(run: Run) -> None:
    case = run(CALLER.format(""), host=calling("start is\ncatch m message=go\nend ie\nis -> m -> ie"))
    case.send("go")
    assert case.tasks == ["after"]
