import pytest

from engine.bpmn import NotWaiting, StepFailed
from engine.facts.events import JobCancelled, JobCompleted
from tests.bpmn.cases import NOON, Run

CALL = "start s\nservice j {ext}\nend e\ns -> j -> e"
CONNECTOR = CALL.format(
    ext='ext=\'<liuzhuan:connector name="http" retries="5"><liuzhuan:input name="url" value="=base + path"/>'
    '<liuzhuan:output name="price" value="=body.price"/></liuzhuan:connector>\''
)


def test_a_connector_becomes_a_job_with_evaluated_inputs(run: Run) -> None:
    case = run(CONNECTOR, {"base": "https://x/", "path": "y"})
    job = case.job("j")
    assert (job.kind, job.connector, job.inputs, job.retries) == ("connector", "http", {"url": "https://x/y"}, 5)


def test_only_the_outputs_of_a_connector_leave_it(run: Run) -> None:
    case = run(CONNECTOR, {"base": "https://x/", "path": "y"})
    case.finish("j", {"status": 200, "body": {"price": 12}})
    assert case.variables == {"base": "https://x/", "path": "y", "price": 12}
    assert case.of(JobCompleted)
    assert case.outcome == "completed"


def test_the_inputs_of_an_open_job_do_not_change_afterwards(run: Run) -> None:
    case = run(CONNECTOR, {"base": "https://x/", "path": "y"})
    case.set(path="z")
    assert case.job("j").inputs == {"url": "https://x/y"}


@pytest.mark.parametrize(
    "words", ["liuzhuan:topic=mail", "camunda:topic=mail", "flowable:topic=mail", "ext='<zeebe:taskDefinition type=\"mail\"/>'"]
)
def test_a_topic_becomes_a_job_for_workers_elsewhere(run: Run, words: str) -> None:
    case = run(CALL.format(ext=words))
    assert (case.job("j").kind, case.job("j").connector) == ("topic", "mail")
    case.finish("j", {"sent": True})
    assert case.variables == {"sent": True}


def test_without_connector_and_topic_it_passes_through(run: Run) -> None:
    assert run(CALL.format(ext="")).outcome == "completed"


def test_a_job_can_be_finished_once(run: Run) -> None:
    case = run(CONNECTOR)
    case.finish("j")
    with pytest.raises(NotWaiting):
        case.execution.finish_job(2, {}, NOON)


def test_an_error_of_the_worker_is_caught_at_the_boundary(run: Run) -> None:
    case = run("start s\nservice j connector=http\nboundary b on=j error=E1\nuser u\nend e\ns -> j -> e\nb -> u -> e")
    case.fail("j", "E1", {"why": "closed"})
    assert case.tasks == ["u"]
    assert case.variables == {"why": "closed"}
    assert case.of(JobCancelled)[0].reason == "interrupted"


def test_an_error_of_the_worker_that_nothing_catches_is_a_failed_step(run: Run) -> None:
    case = run(CONNECTOR)
    with pytest.raises(StepFailed, match="BPMN error E9 was raised and nothing in the model catches it: it went wrong") as failed:
        case.fail("j", "E9")
    assert (failed.value.element, failed.value.token, failed.value.definition) == ("j", 2, "main")


def test_a_job_of_an_ended_path_is_cancelled(run: Run) -> None:
    case = run("""
        start s
        and f
        service j connector=http
        user u
        end t terminate
        end e
        s -> f -> j -> e
        f -> u -> t
        """)
    case.complete("u")
    assert case.of(JobCancelled)[0].reason == "terminated"
    assert case.outcome == "terminated"
