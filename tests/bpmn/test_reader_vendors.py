"""Models of other products: what their attributes say is read."""

from datetime import UTC, datetime, timedelta

import pytest

from engine.bpmn import read
from tests.bpmn.cases import Run, Surroundings, model_of
from tests.bpmn.writing import bpmn

TASK = "start s\nuser u {}\nend e\ns -> u -> e"


@pytest.mark.parametrize("vendor", ["camunda", "flowable", "activiti"])
def test_assignee_and_candidates_become_assignments(run: Run, vendor: str) -> None:
    words = f"{vendor}:assignee=${{boss}} {vendor}:candidateUsers=a,b {vendor}:candidateGroups=sales,finance"
    case = run(TASK.format(words), {"boss": "li.na"})
    assert case.task("u").assignments == [
        {"strategy": "person", "person": "li.na"},
        {"strategy": "person", "person": ["a", "b"]},
        {"strategy": "role", "role": "sales"},
        {"strategy": "role", "role": "finance"},
    ]


@pytest.mark.parametrize("vendor", ["camunda", "flowable", "activiti"])
def test_form_due_date_and_priority_are_read(run: Run, vendor: str) -> None:
    case = run(TASK.format(f"{vendor}:formKey=a/b {vendor}:dueDate=PT1H {vendor}:priority=7"))
    task = case.task("u")
    assert (task.form, task.priority) == ("a/b", 7)
    assert task.due_at == case.now + timedelta(hours=1)


def test_zeebe_extensions_are_read(run: Run) -> None:
    extensions = (
        '<zeebe:assignmentDefinition assignee="=boss" candidateGroups="sales"/><zeebe:formDefinition formId="a/b"/>'
        '<zeebe:taskSchedule dueDate="=deadline"/><zeebe:priorityDefinition priority="9"/>'
        '<zeebe:ioMapping><zeebe:input source="=amount * 2" target="double"/>'
        '<zeebe:output source="=answer" target="result"/></zeebe:ioMapping>'
    )
    case = run(TASK.format(f"ext='{extensions}'"), {"boss": "li.na", "deadline": "2026-05-01T00:00:00Z", "amount": 4})
    task = case.task("u")
    assert task.assignments == [{"strategy": "person", "person": "li.na"}, {"strategy": "role", "role": "sales"}]
    assert (task.form, task.priority, task.due_at) == ("a/b", 9, datetime(2026, 5, 1, tzinfo=UTC))
    case.complete("u", {"answer": 42, "noise": 1})
    assert case.variables["result"] == 42
    assert "noise" not in case.variables


def test_zeebe_multi_instance_and_conditions_with_an_equals_sign_are_read(run: Run) -> None:
    mi = (
        '<extensionElements><zeebe:loopCharacteristics inputCollection="=people" inputElement="person" '
        'outputCollection="r" outputElement="=person"/></extensionElements>'
    )
    case = run(
        f"""
        start s
        task t times=1 mi='{mi}'
        xor g default=g_default
        user a
        end e
        s -> t -> g
        g -> a : =count(r) = 2
        g -> e : default
        a -> e
        """,
        {"people": ["x", "y"]},
    )
    assert case.variables["r"] == ["x", "y"]
    assert case.tasks == ["a"]


def test_zeebe_correlation_key_is_read(run: Run) -> None:
    xml = bpmn("start s\ncatch c message=paid\nend e\ns -> c -> e").replace(
        b'name="paid"/>',
        b'name="paid"><extensionElements><zeebe:subscription correlationKey="=contract"/></extensionElements></message>',
    )
    case = run(xml, {"contract": "A7"})
    case.send("paid", key="A7")
    assert case.outcome == "completed"


@pytest.mark.parametrize("prefix", ["camunda", "flowable"])
def test_in_and_out_of_a_call_activity_are_read(run: Run, prefix: str) -> None:
    host = Surroundings(called=model_of("start is\nuser w\nend ie\nis -> w -> ie", id="inner"))
    mappings = (
        f'<{prefix}:in source="a" target="x"/><{prefix}:in sourceExpression="${{a + 1}}" target="y"/>'
        f'<{prefix}:out source="r" target="result"/>'
    )
    case = run(f"start s\ncall c calledElement=inner ext='{mappings}'\nend e\ns -> c -> e", {"a": 1}, host=host)
    token = next(each.token for each in case.execution.tokens() if each.element == "w")
    assert case.execution.variables_of(token) == {"x": 1, "y": 2}
    case.complete("w", {"r": 5})
    assert case.variables == {"a": 1, "result": 5}


def test_multi_instance_collections_of_camunda_are_read(run: Run) -> None:
    xml = bpmn(TASK.format("times=3")).replace(
        b"<multiInstanceLoopCharacteristics><loopCardinality>3</loopCardinality>",
        b'<multiInstanceLoopCharacteristics camunda:collection="people" camunda:elementVariable="person">',
    )
    case = run(xml, {"people": ["a", "b"]})
    assert case.tasks == ["u", "u"]


def test_juel_conditions_are_translated(run: Run) -> None:
    lines = """
        start s
        xor g default=g_default
        user a
        end e
        s -> g
        g -> a : ${amount > 100 && !urgent}
        g -> e : default
        a -> e
        """
    assert run(lines, {"amount": 101, "urgent": False}).tasks == ["a"]
    assert run(lines, {"amount": 101, "urgent": True}).tasks == []


def test_decision_references_are_read(run: Run) -> None:
    host = Surroundings()
    host.decisions["tier"] = lambda variables: "high"
    case = run("start s\nrule r camunda:decisionRef=tier camunda:resultVariable=level\nend e\ns -> r -> e", host=host)
    assert case.variables == {"level": "high"}


def test_the_performers_of_the_standard_are_read(run: Run) -> None:
    xml = bpmn(TASK.format("")).replace(
        b'<userTask id="u"></userTask>',
        b'<userTask id="u"><potentialOwner><resourceAssignmentExpression>'
        b"<formalExpression>user(li.na), group(sales)</formalExpression>"
        b"</resourceAssignmentExpression></potentialOwner></userTask>",
    )
    assert run(xml).task("u").assignments == [
        {"strategy": "person", "person": "li.na"},
        {"strategy": "role", "role": "sales"},
    ]


def test_input_parameters_of_camunda_are_local_variables(run: Run) -> None:
    parameters = (
        '<camunda:inputOutput><camunda:inputParameter name="limit">${amount * 2}</camunda:inputParameter></camunda:inputOutput>'
    )
    case = run(TASK.format(f"ext='{parameters}'"), {"amount": 4})
    assert case.execution.variables_of(2) == {"amount": 4, "limit": 8}


def test_extensions_of_spiffworkflow_are_read(run: Run) -> None:
    form = (
        '<spiffworkflow:properties><spiffworkflow:property name="formJsonSchemaFilename" value="lead-schema.json"/>'
        "</spiffworkflow:properties>"
    )
    host = Surroundings()
    host.decisions["tier"] = lambda variables: {"level": "high"}
    case = run(
        f"""
        start s
        user u ext='{form}'
        service j ext='<spiffworkflow:serviceTaskOperator id="mail/send"/>'
        rule r ext='<spiffworkflow:calledDecisionId>tier</spiffworkflow:calledDecisionId>'
        end e
        s -> u -> j -> r -> e
        """,
        host=host,
    )
    assert case.task("u").form == "lead"
    case.complete("u")
    assert (case.job("j").kind, case.job("j").connector) == ("topic", "mail/send")
    case.finish("j")
    assert case.variables == {"level": "high"}


def test_python_scripts_that_assign_are_read_as_feel(run: Run) -> None:
    scripts = "script t script='a = 1; b = str(a)'\nscript u scriptFormat=python script='a += 2'"
    xml = bpmn(f"start s\n{scripts}\nend e\ns -> t -> u -> e")
    assert [(each.rule, each.is_warning) for each in read(xml).problems] == [("script-language", True)] * 2
    assert run(xml).variables == {"a": 3, "b": "1"}


def test_conditions_in_python_are_read_as_python(run: Run) -> None:
    lines = "start s\nxor g default=g_default\nuser a\nend e\ns -> g\ng -> a : not x == 1 and y is None\ng -> e : default\na -> e"
    assert run(lines, {"x": 2}).tasks == ["a"]
    assert run(lines, {"x": 1}).tasks == []


@pytest.mark.parametrize(
    ("words", "retries"),
    [
        ("ext='<camunda:failedJobRetryTimeCycle>R5/PT10M</camunda:failedJobRetryTimeCycle>'", 4),
        ("ext='<camunda:failedJobRetryTimeCycle>R0/PT10M</camunda:failedJobRetryTimeCycle>'", 0),
        ("liuzhuan:retries=7", 7),
        ("", 3),
    ],
)
def test_retries_are_read(run: Run, words: str, retries: int) -> None:
    assert run(f"start s\nservice j camunda:topic=mail {words}\nend e\ns -> j -> e").job("j").retries == retries


@pytest.mark.parametrize(
    "code",
    [
        '<camunda:executionListener class="x" event="start"/>',
        '<flowable:taskListener class="x"/>',
        "<spiffworkflow:preScript>import os</spiffworkflow:preScript>",
    ],
)
def test_code_of_other_products_is_not_run_and_a_warning_tells_so(code: str) -> None:
    reading = read(bpmn(TASK.format(f"ext='{code}'")))
    assert [(each.rule, each.where, each.is_warning) for each in reading.problems] == [("vendor-code", "u", True)]
