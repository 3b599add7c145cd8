"""What other products leave out or write in ways of their own, and what a drawing may leave open."""

import re
from typing import Any

import pytest

from engine.bpmn import read
from tests.bpmn.cases import Case, Run, model_of
from tests.bpmn.writing import NAMESPACES, bpmn, changed

STRAIGHT = "start s\nend e\ns -> e"


def named_parameter(inside: str) -> str:
    """A user task with one input parameter, made of `inside`."""
    block = f'<camunda:inputOutput><camunda:inputParameter name="x">{inside}</camunda:inputParameter></camunda:inputOutput>'
    return f"start s\nuser u ext='{block}'\nend e\ns -> u -> e"


# ---------------------------------------------------------------------- drawings and marks
@pytest.mark.parametrize(
    "lines",
    [
        "start s\nxor g\nend a\nend b\ns -> g\ng -> a\ng -> b",
        "start s message\nend e\ns -> e",
        "start s\ncall c\nend e\ns -> c -> e",
        "user u\nboundary b on=u message",
        "start s\nuser u startQuantity=0\nend e\ns -> u -> e",
    ],
)
def test_what_a_drawing_leaves_open_is_a_warning(lines: str) -> None:
    drawing = read(changed(lines, ('isExecutable="true"', 'isExecutable="false"')))
    assert drawing.model is not None
    assert not drawing.model.processes["p"].is_executable
    assert len(drawing.problems) > 1
    assert all(each.is_warning for each in drawing.problems)
    assert read(bpmn(lines)).model is None


@pytest.mark.parametrize(
    ("vendor", "is_executable"), [("flowable", True), ("activiti", True), ("camunda", False), ("zeebe", False)]
)
def test_a_process_without_a_mark_is_executable_where_its_product_executes_it(vendor: str, is_executable: bool) -> None:
    namespace = next(each for each in NAMESPACES.split() if each.startswith(f"xmlns:{vendor}="))
    xml = changed(STRAIGHT, (' isExecutable="true"', ""), (NAMESPACES, f"{NAMESPACES.split()[0]} {namespace}"))
    assert model_of(xml).processes["p"].is_executable is is_executable


def test_an_element_without_an_id_gets_one_that_stays_the_same(run: Run) -> None:
    xml = changed(
        "start s\nuser u\nend e\ns -> u -> e",
        ("</process>", "<subProcess triggeredByEvent='true'><startEvent id='h'><timerEventDefinition><timeDuration>PT1H"
         "</timeDuration></timerEventDefinition></startEvent><userTask id='v'/>"
         "<sequenceFlow id='f' sourceRef='h' targetRef='v'/></subProcess></process>"),
    )  # fmt: skip
    case = run(xml)
    case.pass_time(hours=1)
    assert case.tasks == ["v"]
    assert "subProcess-1" in model_of(xml).processes["p"].elements


# ---------------------------------------------------------------------- who starts it
@pytest.mark.parametrize("vendor", ["camunda", "flowable", "activiti"])
def test_the_variable_of_the_initiator_may_have_another_name(run: Run, vendor: str) -> None:
    case = run(f"start s {vendor}:initiator=boss\nuser u {vendor}:assignee=${{boss}}\nend e\ns -> u -> e", {"initiator": "li.na"})
    assert case.task("u").assignments == [{"strategy": "person", "person": "li.na"}]
    assert case.variables == {"initiator": "li.na", "boss": "li.na"}


@pytest.mark.parametrize("vendor", ["camunda", "flowable", "activiti"])
def test_groups_that_may_start_are_roles_and_users_are_told_of(vendor: str) -> None:
    words = {f"{vendor}_candidateStarterGroups": "sales, legal", f"{vendor}_candidateStarterUsers": "li.na"}
    reading = read(bpmn(STRAIGHT, **words))
    assert reading.model is not None
    assert [each.role for each in reading.model.processes["p"].starters] == ["sales", "legal"]
    assert [each.rule for each in reading.problems] == ["starter-ignored"]


# ---------------------------------------------------------------------- events
def test_a_receive_task_without_a_message_waits_for_its_own_name(run: Run) -> None:
    case = run("start s\nreceive wait\nend e\ns -> wait -> e")
    case.send("wait", {"a": 1})
    assert case.variables == {"a": 1}


@pytest.mark.parametrize("vendor", ["activiti", "flowable"])
def test_the_name_of_a_message_may_be_an_expression(run: Run, vendor: str) -> None:
    xml = changed(
        "start s\ncatch c message=m\nend e\ns -> c -> e",
        ('messageRef="message_m"', f'{vendor}:messageExpression="paid-${{number}}"'),
    )
    case = Case(xml, {"number": 7})
    case.send("paid-7")
    assert case.outcome == "completed"


def test_an_error_that_is_not_defined_is_its_code_in_files_of_the_camunda_family(run: Run) -> None:
    lines = """
        start s
        service j camunda:topic=t
        boundary b on=j error
        user u
        end e
        s -> j -> e
        b -> u -> e
        """
    xml = changed(lines, ("<errorEventDefinition", '<errorEventDefinition errorRef="E42"'))
    assert [each.rule for each in read(xml).problems] == ["error-undefined"]
    case = run(xml)
    case.fail("j", "E42")
    assert case.tasks == ["u"]
    of_nobody = xml.decode().replace(NAMESPACES, NAMESPACES.split()[0]).replace("camunda:topic", "implementation")
    assert read(of_nobody.encode()).model is None


def test_an_event_of_an_event_registry_is_a_message(run: Run) -> None:
    inside = (
        '<flowable:eventType>shipped</flowable:eventType><flowable:eventCorrelationParameter name="id" value="${order}"/>'
        '<flowable:eventOutParameter source="weight" target="kilograms"/>'
    )
    case = run(f"start s\ncatch c ext='{inside}'\nend e\ns -> c -> e", {"order": "A7"})
    case.send("shipped", {"weight": 3, "noise": 1}, key="A7")
    assert case.variables == {"order": "A7", "kilograms": 3}


@pytest.mark.parametrize(
    ("cron", "hours", "fired"),
    [
        *(("0 10/30 * * * ?", 1, 2), ("0 0 15 * * ?", 28, 2), ("0 0 9 ? * TUE", 24 * 7, 1), ("0 0 0 1 4 ?", 24 * 30, 1)),
        *(("0 0 9 ? * MON-FRI", 24 * 7, 5), ("0 0 8,12,16 * * ?", 24, 3), ("0 0/15 9-17 * * ?", 24, 36)),
        *(("0 0 12 L * ?", 24 * 60, 2), ("@daily", 24 * 7, 7)),
    ],
)
def test_a_cron_text_repeats_the_timer_of_a_boundary_event(run: Run, cron: str, hours: int, fired: int) -> None:
    case = run(f"start s\nuser u\nboundary b on=u timer='{cron}' nonInterrupting\nuser v\nend e\ns -> u -> e\nb -> v -> e")
    case.pass_time(hours=hours)
    assert case.tasks.count("v") == fired


# ---------------------------------------------------------------------- parameters and lists
@pytest.mark.parametrize(
    ("inside", "value"),
    [
        ("<camunda:list><camunda:value>a</camunda:value><camunda:value>${n + 1}</camunda:value></camunda:list>", ["a", 4]),
        (
            '<camunda:map><camunda:entry key="k 1">${n}</camunda:entry><camunda:entry key="l">'
            "<camunda:list><camunda:value>b</camunda:value></camunda:list></camunda:entry></camunda:map>",
            {"k 1": 3, "l": ["b"]},
        ),
        ('<camunda:script scriptFormat="feel">n * 2</camunda:script>', 6),
    ],
)
def test_lists_maps_and_feel_scripts_of_parameters_are_read(run: Run, inside: str, value: Any) -> None:
    case = run(named_parameter(inside), {"n": 3})
    assert case.execution.variables_of(2)["x"] == value


def test_a_parameter_in_another_language_is_refused_with_its_name() -> None:
    problems = read(bpmn(named_parameter('<camunda:script scriptFormat="groovy">a</camunda:script>'))).problems
    assert [(each.rule, each.where) for each in problems] == [("parameter-unsupported", "u")]
    assert "Parameter x is a script in groovy" in str(problems[0].sentence)


def test_a_comma_inside_an_expression_separates_no_candidates(run: Run) -> None:
    words = "camunda:candidateGroups='${vars:getOrDefault(team, 5)},sales'"
    case = run(f"start s\nuser u {words}\nend e\ns -> u -> e", {"team": "legal"})
    assert [each["role"] for each in case.task("u").assignments] == ["legal", "sales"]


def test_a_method_is_translated_or_refused_and_never_null() -> None:
    lines = "start s\nxor g default=g_default\nend a\nend e\ns -> g\ng -> a : CONDITION\ng -> e : default"
    translated = read(changed(lines, ("CONDITION", 'name.contains("a")')))
    assert [each.rule for each in translated.problems] == ["expression-language"]
    refused = read(changed(lines, ("CONDITION", "bean.isValid()")))
    assert refused.model is None
    assert "calls isValid(), and values of a process have no methods" in str(refused.problems[0].sentence)
    assert read(changed(lines, ("CONDITION", 'name = "a.b(c)"'))).problems == ()


def test_an_association_may_stand_outside_of_the_sub_process_of_what_it_joins(run: Run) -> None:
    lines = """
        start s
        sub x {
            start xs
            user book
            boundary c on=book compensate
            user undo isForCompensation=true
            xs -> book
        }
        throw t compensate
        end e
        c ~> undo
        s -> x -> t -> e
        """
    case = run(lines)
    case.complete("book")
    assert case.tasks == ["undo"]


@pytest.mark.parametrize("condition", ["state == 'new' &amp;&amp; n > 2", "bpmn:getDataObject(\"state\") = 'new'"])
def test_conditions_written_as_elsewhere_are_read_with_a_warning(run: Run, condition: str) -> None:
    lines = "start s\nxor g default=g_default\nuser a\nend e\ns -> g\ng -> a : CONDITION\ng -> e : default\na -> e"
    xml = changed(lines, ("CONDITION", condition))
    assert [each.rule for each in read(xml).problems] == ["expression-language"]
    assert run(xml, {"state": "new", "n": 3}).tasks == ["a"]


def test_sequence_flows_without_ids_are_told_apart_where_they_join(run: Run) -> None:
    xml = bpmn(
        """
        start s
        and split
        user a
        user b
        and join
        end e
        s -> split
        split -> a -> join
        split -> b -> join
        join -> e
        """
    )
    case = run(re.sub(rb'<sequenceFlow id="\w+"', b"<sequenceFlow", xml))
    case.complete("a")
    case.complete("b")
    assert case.outcome == "completed"
