"""Work that another product does by a class, a bean or a built-in task: a job of that name, with a warning."""

import pytest

from engine.bpmn import read
from tests.bpmn.cases import Run
from tests.bpmn.writing import bpmn, changed

TASK = "start s\nservice j {}\nend e\ns -> j -> e"


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("camunda:class=com.example.Mail", "com.example.Mail"),
        ("flowable:delegateExpression=${mailDelegate}", "mailDelegate"),
        ("activiti:expression='#{mail.send(order)}'", "mail.send"),
        ("flowable:type=mail", "mail"),
        ("ext='<camunda:connector><camunda:connectorId>soap</camunda:connectorId></camunda:connector>'", "soap"),
    ],
)
def test_code_of_another_product_becomes_a_job_with_its_name_as_topic(run: Run, words: str, topic: str) -> None:
    case = run(TASK.format(words))
    assert (case.job("j").kind, case.job("j").connector) == ("topic", topic)
    case.finish("j", {"sent": True})
    assert case.variables == {"sent": True}


def test_the_deployment_tells_which_worker_is_waited_for() -> None:
    reading = read(bpmn(TASK.format("camunda:class=com.example.Mail")))
    assert [(each.rule, each.where, each.is_warning) for each in reading.problems] == [("service-task-code", "j", True)]


@pytest.mark.parametrize("prefix", ["camunda", "flowable", "activiti"])
def test_fields_and_connector_parameters_go_to_the_worker(run: Run, prefix: str) -> None:
    inside = (
        f'<{prefix}:field name="to" expression="${{customer.mail}}"/><{prefix}:field name="subject" stringValue="Hello"/>'
        f'<{prefix}:field name="text"><{prefix}:string>Dear</{prefix}:string></{prefix}:field>'
        f'<{prefix}:field name="logo"><{prefix}:expression>${{files.load(1)}}</{prefix}:expression></{prefix}:field>'
    )
    case = run(TASK.format(f"{prefix}:type=mail ext='{inside}'"), {"customer": {"mail": "a@example.org"}})
    assert case.job("j").inputs == {"to": "a@example.org", "subject": "Hello", "text": "Dear", "logo": "${files.load(1)}"}


def test_an_expression_without_a_call_is_evaluated_and_needs_no_worker(run: Run) -> None:
    case = run(TASK.format("camunda:expression='${amount * 2}' camunda:resultVariable=double"), {"amount": 4})
    assert case.variables == {"amount": 4, "double": 8}


def test_a_variable_that_an_expression_sets_is_set(run: Run) -> None:
    lines = """
        start s
        service j flowable:expression="${execution.setVariable('double', amount * 2)}"
        script t scriptFormat=juel script="${execution.setVariable('name', 'x')}"
        end e
        s -> j -> t -> e
        """
    assert run(lines, {"amount": 4}).variables == {"amount": 4, "double": 8, "name": "x"}


def test_the_operation_of_a_web_service_is_a_topic(run: Run) -> None:
    xml = changed(
        TASK.format(""),
        ('id="j"', 'id="j" operationRef="op"'),
        ("<process", '<interface id="i" name="I"><operation id="op" name="book flight"/></interface><process'),
    )
    assert run(xml).job("j").connector == "book flight"


@pytest.mark.parametrize(
    "element",
    [
        "rule j camunda:type=external camunda:topic=rules",
        "rule j ext='<zeebe:taskDefinition type=\"rules\"/>'",
        "script j ext='<zeebe:taskDefinition type=\"rules\"/>'",
        "throw j message=m ext='<zeebe:taskDefinition type=\"rules\"/>'",
    ],
)
def test_rule_tasks_scripts_and_message_events_may_be_left_to_a_worker(run: Run, element: str) -> None:
    case = run(f"start s\n{element}\nend e\ns -> j -> e")
    assert case.job("j").connector == "rules"
    case.finish("j")
    assert case.path == ["s", "j", "e"]


def test_a_message_end_event_with_a_class_is_a_job_after_which_the_process_ends(run: Run) -> None:
    xml = changed(
        "start s\nend j message=m\ns -> j",
        ("<messageEventDefinition", '<messageEventDefinition camunda:class="com.example.Send"'),
    )
    case = run(xml)
    assert case.job("j").connector == "com.example.Send"
    case.finish("j")
    assert case.outcome == "completed"


def test_a_rule_task_with_a_decision_asks_it_and_not_a_worker(run: Run) -> None:
    reading = read(bpmn("start s\nrule r camunda:decisionRef=tier camunda:class=x\nend e\ns -> r -> e"))
    assert reading.model is not None
    assert reading.model.processes["p"].decisions == ("tier",)
