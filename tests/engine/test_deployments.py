"""Bringing in processes, decisions and forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from engine import process_instances
from engine.bpmn import reader
from engine.connectors import Http
from engine.definitions import decisions, deployments, forms, models, process_definitions
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.errors import ModelRefused, NotAllowed, NotFound
from engine.facts.memory import Memory
from tests.engine.company import ALICE, BOB, DESIGNER, MALLORY
from tests.engine.conftest import MODELS, Working
from tests.engine.reading import variables_of

FORM = b'{"components": [{"type": "textfield", "key": "name"}]}'


def model(name: str) -> File:
    return File(name, (MODELS / name).read_bytes())


def test_deploying_needs_the_right_to_design(working: Working) -> None:
    with pytest.raises(NotAllowed), working(ALICE) as work:
        deployments.deploy(work, [model("review.bpmn")], name="x")
    with working(DESIGNER) as work:
        assert deployments.deploy(work, [model("review.bpmn")], name="x").definitions[0].version == 1


def test_a_changed_file_is_a_new_version_and_an_unchanged_one_is_not(deploy: Callable[..., Any], working: Working) -> None:
    first = deploy("review.bpmn").definitions[0]
    assert deploy("review.bpmn").definitions[0].id == first.id
    second = deploy("review.bpmn", changed=True).definitions[0]
    assert (second.key, second.version, second.is_latest) == ("review", 2, True)
    with working(DESIGNER) as work:
        assert [each.version for each in process_definitions.versions(work, "review")] == [2, 1]
        assert process_definitions.get_by_key(work, "review").id == second.id
        assert process_definitions.get_by_key(work, "review", 1).id == first.id
        assert process_definitions.xml(work, first) == model("review.bpmn").content
        assert [each.id for each in process_definitions.list_(work)] == [second.id]


@pytest.mark.parametrize("timer", ["0 0 9 * * ? 2025", "=deadline"])
def test_a_start_event_whose_timer_never_comes_is_warned_of(timer: str, working: Working) -> None:
    content = (MODELS / "mornings.bpmn").read_text().replace("0 0 9 ? * MON-FRI", timer)
    with working(DESIGNER) as work:
        files = [File("mornings.bpmn", content.encode())]
        checked = deployments.check(files, work)
        deployed = deployments.deploy(work, files, name="x")
    assert checked == deployed.warnings
    assert [(each.rule, each.where, each.file) for each in checked] == [("timer-never", "start", "mornings.bpmn")]


def test_all_problems_of_all_files_come_at_once_and_nothing_is_deployed(working: Working) -> None:
    files = [
        model("review.bpmn"),
        File("bad.bpmn", b"<definitions"),
        File("notes.txt", b"hello"),
        File("empty.form.json", b"{}"),
        File("broken.form.json", b"{"),
    ]
    with pytest.raises(ModelRefused) as refusal, working(DESIGNER) as work:
        deployments.deploy(work, files, name="x")
    assert {problem.file for problem in refusal.value.problems} == {file.name for file in files[1:]}
    with working(ALICE) as work:
        assert process_definitions.list_(work) == ()


def test_unknown_references_are_problems_unless_the_files_bring_them(working: Working) -> None:
    with pytest.raises(ModelRefused) as refusal, working(DESIGNER) as work:
        deployments.deploy(work, [model("caller.bpmn"), model("tier.bpmn")], name="x")
    sentences = " ".join(str(problem.sentence) for problem in refusal.value.problems)
    assert "two-steps" in sentences and "tier-of-amount" in sentences
    with working(DESIGNER) as work:
        together = [model(name) for name in ("caller.bpmn", "two-steps.bpmn", "tier.bpmn", "tier.dmn")]
        assert len(deployments.deploy(work, together, name="x").definitions) == 3


def test_an_unknown_name_is_answered_with_the_one_it_may_have_meant(working: Working) -> None:
    misspelt = File("tier.bpmn", model("tier.bpmn").content.replace(b"tier-of-amount", b"tier-of-amounts"))
    with pytest.raises(ModelRefused) as refusal, working(DESIGNER) as work:
        deployments.deploy(work, [misspelt, model("tier.dmn")], name="x")
    assert [str(problem.fix) for problem in refusal.value.problems] == ["Did you mean tier-of-amount?"]


def test_what_was_deployed_goes_on_though_its_names_are_unknown_today(working: Working, monkeypatch: pytest.MonkeyPatch) -> None:
    """An earlier release accepted any name of our namespace; its instances do not stop for that."""
    content = model("two-steps.bpmn").content.replace(
        b'liuzhuan:nameEn="First"', b'liuzhuan:nameEn="First" liuzhuan:dueDate="P2D"'
    )
    with monkeypatch.context() as earlier, working(DESIGNER) as work:
        earlier.setattr(reader, "check_own_names", lambda *anything: None)
        deployments.deploy(work, [File("two-steps.bpmn", content)], name="x")
    monkeypatch.setattr(models, "_models", Memory(10))
    with working(ALICE) as work:
        assert process_instances.start(work, "two-steps", {"customer": "A"}).title == "Case of A"
    with pytest.raises(ModelRefused) as refusal, working(DESIGNER) as work:
        deployments.deploy(work, [File("two-steps.bpmn", content)], name="again")
    assert [(each.where, str(each.fix)) for each in refusal.value.problems] == [("first", "Did you mean liuzhuan:due?")]


def test_a_connector_that_does_not_run_here_is_a_problem(working: Working) -> None:
    with pytest.raises(ModelRefused, match="1 problem\\."), working(DESIGNER) as work:
        deployments.deploy(work, [model("service.bpmn")], name="x", connectors={"mail": Http()})


def test_two_files_may_not_define_the_same_process(working: Working) -> None:
    twice = [model("review.bpmn"), File("copy.bpmn", model("review.bpmn").content)]
    with pytest.raises(ModelRefused) as refusal, working(DESIGNER) as work:
        deployments.deploy(work, twice, name="x")
    assert "duplicate-key" in {problem.rule for problem in refusal.value.problems}


def test_a_deployment_without_files_is_refused(working: Working) -> None:
    with pytest.raises(ModelRefused), working(DESIGNER) as work:
        deployments.deploy(work, [], name="x")


def test_files_are_checked_without_a_database() -> None:
    assert deployments.check([model("review.bpmn")]) == ()
    (problem, *_) = deployments.check([File("bad.bpmn", b"<definitions")])
    assert problem.file == "bad.bpmn"


def test_a_form_is_found_by_its_path(working: Working) -> None:
    with working(DESIGNER) as work:
        (form,) = deployments.deploy(work, [File("forms/sales/lead.form.json", FORM)], name="x").forms
    with working(DESIGNER) as work:
        assert forms.get(work, "sales/lead") == form
        assert forms.list_(work) == (form,)
    with pytest.raises(NotFound), working(DESIGNER) as work:
        forms.get(work, "sales/other")


def test_a_form_inside_of_a_model_is_deployed_with_it_unless_a_file_takes_its_place(working: Working) -> None:
    fields = b"""<extensionElements><flowable:formProperty id="days" type="long" xmlns:flowable="http://flowable.org/bpmn"/>
        </extensionElements>"""
    start = b'<startEvent id="start"/>'
    content = (MODELS / "review.bpmn").read_bytes().replace(start, b'<startEvent id="start">' + fields + b"</startEvent>")
    with working(DESIGNER) as work:
        deployed = deployments.deploy(work, [File("review.bpmn", content)], name="x")
    (form,) = deployed.forms
    assert [each["key"] for each in form.schema["components"]] == ["days"]
    assert deployed.definitions[0].facts.start_form == form.key
    with working(DESIGNER) as work:
        again = deployments.deploy(work, [File("review.bpmn", content), File(f"forms/{form.key}.form.json", FORM)], name="y")
    assert [each["key"] for each in again.forms[0].schema["components"]] == ["name"]


def test_what_can_be_started_depends_on_the_person(deploy: Callable[..., Any], working: Working) -> None:
    deploy("review.bpmn", "guarded.bpmn", "daily.bpmn")

    def startable(person: Any) -> list[str]:
        with working(person) as work:
            return [each.key for each in process_definitions.startable(work)]

    assert startable(ALICE) == ["review"]
    assert startable(BOB) == ["guarded", "review"]
    assert startable(MALLORY) == []


def test_elements_carry_their_names(deploy: Callable[..., Any], working: Working) -> None:
    definition = deploy("two-steps.bpmn").definitions[0]
    with working(ALICE) as work:
        elements = process_definitions.elements(work, definition)
    assert (elements["first"].name, elements["first"].name_en, elements["first"].kind) == ("First step", "First", "userTask")


def test_a_decision_answers_with_the_rules_that_matched(deploy: Callable[..., Any], working: Working) -> None:
    deploy("tier.dmn")
    with working(DESIGNER) as work:
        decided = decisions.evaluate(work, "tier-of-amount", {"amount": 5000})
        assert (decided.value, decided.trace[0]["tables"][0]["matched"][0]["rule"]) == ("large", 2)
        assert [each.key for each in decisions.list_(work)] == ["tier-of-amount"]
        assert decisions.xml(work, decisions.get(work, "tier-of-amount")) == model("tier.dmn").content
    with pytest.raises(NotFound), working(DESIGNER) as work:
        decisions.evaluate(work, "other", {})


def test_a_business_rule_task_asks_the_newest_decision(deploy: Callable[..., Any], begin: Any, working: Working) -> None:
    deploy("tier.dmn")
    from_engine = begin("tier", amount=10)
    with working(SYSTEM) as work:
        values = variables_of(work, from_engine.id)
    assert values["tier"] == "small"


def test_the_deployment_binding_finds_what_was_deployed_again_unchanged(working: Working, begin: Any) -> None:
    """The unchanged table keeps the version of an earlier deployment, and belongs to the later one all the same."""
    bound = model("tier.bpmn").content.replace(b'id="ask"', b'id="ask" liuzhuan:binding="deployment"')
    for again in (b"", b"\n"):
        with working(DESIGNER) as work:
            deployments.deploy(work, [File("tier.bpmn", bound + again), model("tier.dmn")], name="x")
    with working(DESIGNER) as work:
        larger = model("tier.dmn").content.replace(b'"small"', b'"tiny"')
        deployments.deploy(work, [File("tier.dmn", larger)], name="x")
    with working(ALICE) as work:
        started = process_instances.start(work, "tier", {"amount": 10})
    with working(SYSTEM) as work:
        assert variables_of(work, started.id)["tier"] == "small"
