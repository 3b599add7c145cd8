"""What ARCHITECTURE says of a new assignment strategy and a new connector: its own file and one line of a list, and everything
knows it: the reader, the check, the documentation, the templates for editors, and what does it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from engine.assignment import STRATEGIES, Choice, Situation, Strategy, assign
from engine.bpmn import Reading, read
from engine.connectors import Job
from engine.facts.declarations import Entry, Kind, Said
from engine.vocabulary.models import MODELS
from engine.vocabulary.templates import element_templates
from engine.vocabulary.user_tasks import USER_TASK
from installation.checkout import ROOT
from tests.assignment.test_strategies import Company
from tests.documentation.vocabulary import TABLES
from tests.vocabulary.models import model_with


def choose(wish: Mapping[str, Any], situation: Situation) -> Choice:
    return Choice(people=(f"{wish['grade']}-{situation.initiator}",))


COLLEAGUES = Strategy(
    "colleagues",
    Said("people of the same grade", "同级的人"),
    choose,
    (Entry("grade", Said("the grade", "级别"), Kind.CHOICE, choices=("junior", "senior"), is_required=True),),
)


@pytest.fixture
def strategy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Strategy]:
    """Registered where the built-in ones are."""
    monkeypatch.setitem(STRATEGIES, COLLEAGUES.name, COLLEAGUES)
    yield COLLEAGUES


def assignment(attributes: str) -> Reading:
    return read(model_with(USER_TASK, children=f"<liuzhuan:assignment {attributes}/>"))


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(each.rule, str(each.fix)) for each in reading.problems]


def test_a_new_strategy_is_read_and_its_parameters_are_checked(strategy: Strategy) -> None:
    assert told(assignment('strategy="colleagues" grade="senior"')) == []
    assert told(read(model_with(USER_TASK, 'liuzhuan:strategy="colleagues" liuzhuan:grade="senior"'))) == []
    assert told(assignment('strategy="colleague" grade="senior"')) == [("value-unknown", "Did you mean colleagues?")]
    assert told(assignment('strategy="colleagues" grade="senoir"')) == [("value-unknown", "Did you mean senior?")]
    assert ("unknown-attribute", "Did you mean grade?") in told(assignment('strategy="colleagues" grades="senior"'))
    assert told(assignment('strategy="colleagues"')) == [("name-missing", "Give it a value.")]


def test_a_new_strategy_finds_its_people(strategy: Strategy) -> None:
    found = assign([{"strategy": "colleagues", "grade": "senior"}], Situation(Company(), initiator="alice"))
    assert found.assignee == "senior-alice"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_new_strategy_is_in_the_documentation_and_in_the_templates(strategy: Strategy, language: str) -> None:
    table = TABLES["strategies"](language)
    assert strategy.help.in_(language) in table and "`junior`, `senior`" in table
    template = next(each for each in element_templates(language, {}) if each["id"] == "liuzhuan.user-task.colleagues")
    assert [each["value"] for each in template["properties"] if each["type"] == "Hidden"][1:] == ["colleagues"]
    grade = next(each for each in template["properties"] if each["binding"]["name"] == "liuzhuan:grade")
    assert [each["value"] for each in grade["choices"]] == ["", "junior", "senior"]


class Fax:
    name = "fax"
    help = Said("sends a fax", "发送传真")
    parameters = (
        Entry("number", Said("of the other side", "对方号码"), is_required=True, takes_feel=True),
        Entry("pages", Said("at most", "最多页数"), Kind.NUMBER, limits=(1, 9), takes_feel=True),
    )

    def call(self, inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        return {"sent": inputs["number"]}


def faxed(*inputs: tuple[str, str]) -> Reading:
    written = "".join(f'<liuzhuan:input name="{name}" value="{value}"/>' for name, value in inputs)
    child = f'<liuzhuan:connector name="fax">{written}</liuzhuan:connector>'
    return read(model_with(MODELS["serviceTask"], children=child), connectors={"fax": Fax()})


def test_a_new_connector_is_read_and_what_it_is_handed_is_checked() -> None:
    assert told(faxed(("number", "=phone"), ("pages", "3"))) == []
    assert told(faxed(("number", "1"), ("page", "3"))) == [("unknown-input", "Did you mean pages?")]
    assert told(faxed(("number", "1"), ("pages", "10"))) == [("value-unknown", "Write a number, or = and FEEL.")]
    assert told(faxed()) == [("input-missing", "Give it a liuzhuan:input.")]
    assert told(faxed(("number", ""))) == [("input-missing", "Give it a liuzhuan:input.")]


def test_a_new_connector_is_in_the_templates() -> None:
    template = next(each for each in element_templates("en", {"fax": Fax()}) if each["id"] == "liuzhuan.connector.fax")
    inputs = [each["binding"]["name"] for each in template["properties"] if each["binding"]["type"] == "camunda:inputParameter"]
    assert inputs == ["number", "pages"]


def test_the_recipes_name_files_that_exist() -> None:
    recipes = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8").partition("## How do I add")[2].partition("\n## ")[0]
    for path in ("engine/assignment/__init__.py", "service/connectors.py", "engine/vocabulary/models.py"):
        assert f"`{path}`" in recipes
        assert (ROOT / path).is_file()
    assert "python -m tests.documentation.vocabulary" in recipes
