"""No name of ours is passed over: what is misspelt, misplaced or has a value that is not allowed is told, with what was meant."""

from __future__ import annotations

import pytest

from engine.assignment import STRATEGIES
from engine.bpmn import read
from engine.facts.declarations import Entry, Kind
from engine.facts.errors import Problem
from engine.vocabulary.models import MODELS
from engine.vocabulary.table import OWN, PREFIX, Element
from engine.vocabulary.user_tasks import ASSIGNMENT, USER_TASK
from tests.vocabulary.models import CHILDREN, PLACES, attribute, child_with, model_with
from tests.vocabulary.spelling import misspelt

each_place = pytest.mark.parametrize(("element", "entry"), PLACES, ids=lambda each: getattr(each, "tag", "") or each.name)
each_child = pytest.mark.parametrize(("element", "child"), CHILDREN, ids=lambda each: each.title)


def problems(xml: bytes) -> tuple[Problem, ...]:
    return tuple(each for each in read(xml).problems if not each.is_warning)


@each_place
def test_a_misspelt_attribute_is_told_with_the_one_that_was_meant(element: Element, entry: Entry) -> None:
    for name in misspelt(entry.name, {each.name for each in element.attributes}):
        (found,) = problems(model_with(element, attribute(element, entry, name=name)))
        assert (found.rule, str(found.fix)) == ("unknown-attribute", f"Did you mean {PREFIX}{entry.name}?"), found
        assert f"{element.tag} has no attribute {PREFIX}{name}" in str(found.sentence)
        assert found.line > 0


@each_child
def test_a_misspelt_child_is_told_with_the_one_that_was_meant(element: Element, child: Element) -> None:
    tag = child.tag.removeprefix(OWN)
    for name in misspelt(tag, {each.tag.removeprefix(OWN) for each in element.children}):
        (found,) = problems(model_with(element, children=child_with(child, tag=name)))
        assert (found.rule, str(found.fix)) == ("unknown-child", f"Did you mean {child.title}?"), found


@each_child
def test_a_misspelt_attribute_of_a_child_is_told(element: Element, child: Element) -> None:
    for entry in child.attributes:
        for name in misspelt(entry.name, {each.name for each in child.attributes}):
            xml = model_with(element, children=child_with(child, attribute(child, entry, name=name)))
            fixes = {str(each.fix) for each in problems(xml) if each.rule == "unknown-attribute"}
            assert f"Did you mean {entry.name}?" in fixes, problems(xml)


@pytest.mark.parametrize("strategy", list(STRATEGIES))
def test_a_misspelt_parameter_of_a_strategy_is_told(strategy: str) -> None:
    entries = STRATEGIES[strategy].parameters
    for entry in entries:
        for name in misspelt(entry.name, {each.name for each in (*entries, *ASSIGNMENT.attributes)}):
            written = child_with(ASSIGNMENT, f'strategy="{strategy}" {name}="1"')
            fixes = {
                str(each.fix) for each in problems(model_with(USER_TASK, children=written)) if each.rule == "unknown-attribute"
            }
            assert fixes == {f"Did you mean {entry.name}?"}


@pytest.mark.parametrize("element", list(MODELS.values()), ids=lambda each: each.tag)
def test_a_name_of_another_element_is_told_to_be_misplaced(element: Element) -> None:
    here = {each.name for each in element.attributes}
    for entry in {each.name: each for other, each in PLACES if each.name not in here}.values():
        found = [each for each in problems(model_with(element, attribute(element, entry))) if entry.name in str(each.sentence)]
        assert [each.rule for each in found][:1] in (["misplaced-attribute"], ["unknown-attribute"]), entry.name
    for child in {each.tag: each for _, each in CHILDREN if element.child(each.tag) is None}.values():
        found = [each for each in problems(model_with(element, children=child_with(child))) if child.title in str(each.sentence)]
        assert [each.rule for each in found][:1] in (["misplaced-child"], ["unknown-child"]), child.title


@each_place
def test_a_value_that_is_not_allowed_is_refused(element: Element, entry: Entry) -> None:
    for value in refused(entry):
        rules = [each.rule for each in problems(model_with(element, attribute(element, entry, value)))]
        assert ("value-unknown" if entry.kind is Kind.CHOICE else "not-a-number") in rules, value


@each_child
def test_a_value_of_a_child_that_is_not_allowed_is_refused(element: Element, child: Element) -> None:
    for entry in child.attributes:
        for value in refused(entry):
            xml = model_with(element, children=child_with(child, attribute(child, entry, value)))
            assert {"value-unknown", "not-a-number"} & {each.rule for each in problems(xml)}, value


def refused(entry: Entry) -> list[str]:
    if entry.kind is Kind.CHOICE:
        return ["nonsense", next(iter(entry.choices)).upper()]
    if entry.kind is Kind.NUMBER:
        return ["many", "1.5", str(entry.limits[0] - 1), str(entry.limits[1] + 1), "9" * 5000]
    return []


@each_child
def test_what_a_child_must_have_is_asked_for(element: Element, child: Element) -> None:
    for entry in child.attributes:
        if entry.is_required:
            xml = model_with(element, children=f"<{child.title}/>")
            assert f"{child.title} has no {entry.name}." in [str(each.sentence) for each in problems(xml)]


@each_child
def test_a_child_outside_of_extension_elements_is_told(element: Element, child: Element) -> None:
    written = child_with(child)
    marked = model_with(element, children="<mark/>").decode()
    (found,) = problems(marked.replace("<extensionElements><mark/></extensionElements>", written).encode())
    assert (found.rule, str(found.fix)) == ("misplaced-child", f"Write it in the extensionElements of {element.tag}.")


@each_child
def test_children_of_one_name_or_too_many_are_told(element: Element, child: Element) -> None:
    if child.key is not None:
        found = problems(model_with(element, children=child_with(child) * 2))
        assert "duplicate-name" in {each.rule for each in found}
    if child.most is not None:
        found = problems(model_with(element, children=child_with(child) * (child.most + 1)))
        assert "too-many" in {each.rule for each in found}


@each_child
def test_text_in_a_child_is_told_not_to_be_read(element: Element, child: Element) -> None:
    written = child_with(child).replace("/>", f">=amount</{child.title}>")
    assert "text-ignored" in {each.rule for each in problems(model_with(element, children=written))}


@each_place
def test_a_name_without_its_prefix_is_a_warning(element: Element, entry: Entry) -> None:
    """An attribute of no namespace belongs to BPMN, so a file of another product is not refused for it."""
    written = attribute(element, entry).removeprefix(PREFIX)
    reading = read(model_with(element, written))
    assert [str(each.fix) for each in reading.problems if each.rule == "prefix-missing"] == [
        f"Did you mean {PREFIX}{entry.name}?"
    ]


WAYS = {
    **{f"{OWN}{name}": (f'{PREFIX}{name}="x"', "") for name in ("topic", "connector", "decision")},
    f"{OWN}strategy": ('liuzhuan:strategy="initiator"', ""),
    ASSIGNMENT.tag: ("", '<liuzhuan:assignment strategy="initiator"/>' * 2),
}


@pytest.mark.parametrize("element", [each for each in MODELS.values() if each.alternatives], ids=lambda each: each.tag)
def test_two_ways_to_say_who_does_the_work_are_told(element: Element) -> None:
    written = [WAYS[name] for name in element.alternatives]
    (found,) = problems(
        model_with(element, " ".join(attribute for attribute, _ in written), "".join(child for _, child in written))
    )
    assert found.rule == "alternatives"
    assert all(problems(model_with(element, *each)) == () for each in written)


def test_a_connector_as_attribute_and_as_child_is_told() -> None:
    xml = model_with(MODELS["serviceTask"], 'liuzhuan:connector="http"', '<liuzhuan:connector name="http"/>')
    assert [each.rule for each in problems(xml)] == ["alternatives"]


def test_a_prefix_at_an_attribute_of_our_own_child_is_told() -> None:
    xml = model_with(USER_TASK, children='<liuzhuan:assignment liuzhuan:strategy="initiator" strategy="initiator"/>')
    assert [(each.rule, str(each.fix)) for each in problems(xml)] == [("prefix-superfluous", "Did you mean strategy?")]


def test_a_prefix_that_stands_for_another_namespace_is_told() -> None:
    xml = model_with(USER_TASK, 'liuzhuan:due="P1D"').replace(b"urn:liuzhuan:bpmn:1", b"urn:liuzhuan:bpmn")
    assert [(each.rule, str(each.fix)) for each in problems(xml)] == [
        ("namespace-unknown", 'Write xmlns:liuzhuan="urn:liuzhuan:bpmn:1".')
    ]


def test_a_prefix_is_looked_at_wherever_it_is_declared() -> None:
    xml = model_with(USER_TASK, 'xmlns:liuzhuan="urn:liuzhuan:2" liuzhuan:due="P1D"')
    assert [(each.rule, each.where) for each in problems(xml)] == [("namespace-unknown", "x")]


def test_a_parameter_of_another_strategy_is_told_with_its_owners() -> None:
    for xml in (
        model_with(USER_TASK, children='<liuzhuan:assignment strategy="initiator" step="x"/>'),
        model_with(USER_TASK, 'liuzhuan:strategy="initiator" liuzhuan:step="x"'),
    ):
        (found,) = problems(xml)
        assert found.rule == "misplaced-attribute"
        assert "parameters of same-as" in str(found.sentence)


@each_place
def test_an_expression_where_none_is_evaluated_is_told(element: Element, entry: Entry) -> None:
    found = read(model_with(element, attribute(element, entry, "=1 + 1"))).problems
    told = {each.rule: each.is_warning for each in found} if not entry.is_expression("=1") else {}
    rule = {Kind.CHOICE: "value-unknown", Kind.NUMBER: "not-a-number"}.get(entry.kind, "no-expression")
    assert entry.is_expression("=1") or told[rule] is (entry.kind is Kind.TEXT)


def test_a_file_may_choose_another_prefix() -> None:
    xml = model_with(USER_TASK, 'liuzhuan:due="P1D"').replace(b"liuzhuan:due", b"lz:due").replace(b"xmlns:liuzhuan", b"xmlns:lz")
    assert problems(xml) == ()
    assert [str(each.fix) for each in problems(xml.replace(b"lz:due", b"lz:dew"))] == ["Did you mean liuzhuan:due?"]


def test_a_drawing_with_a_misspelt_name_is_warned_of() -> None:
    xml = model_with(USER_TASK, 'liuzhuan:fom="x"').replace(b'isExecutable="true"', b'isExecutable="false"')
    reading = read(xml)
    assert reading.model is not None
    assert [str(each.fix) for each in reading.problems if each.rule == "unknown-attribute"] == ["Did you mean liuzhuan:form?"]


def test_a_drawing_beside_what_is_deployed_refuses_nothing() -> None:
    drawing = b'<process id="d" isExecutable="false"><userTask id="y" liuzhuan:fom="x"/></process></definitions>'
    reading = read(model_with(USER_TASK).replace(b"</definitions>", drawing))
    assert reading.model is not None
    assert [(each.where, each.is_warning) for each in reading.problems] == [("y", True)]


@each_child
def test_a_child_without_its_prefix_is_a_warning(element: Element, child: Element) -> None:
    reading = read(model_with(element, children=child_with(child).replace(PREFIX, "")))
    assert [str(each.fix) for each in reading.problems if each.rule == "prefix-missing"] == [f"Did you mean {child.title}?"]


@pytest.mark.parametrize(
    ("tag", "name", "home"),
    [
        ("sequenceFlow", "due", "userTask"),
        ("endEvent", "form", "userTask"),
        ("receiveTask", "correlationKey", "message"),
        ("participant", "priority", "userTask"),
    ],
)
def test_a_name_of_another_element_is_told_with_the_element_and_no_guess(tag: str, name: str, home: str) -> None:
    (found,) = problems(model_with(MODELS[tag], f'liuzhuan:{name}="1"'))
    assert found.rule == "misplaced-attribute"
    assert f"{tag} has no attribute liuzhuan:{name}; that is one of" in str(found.sentence)
    assert home in str(found.sentence)
    assert "Did you mean" not in str(found.fix)


@pytest.mark.parametrize("tag", ["callActivity", "businessRuleTask"])
def test_a_version_that_no_binding_asks_for_is_told(tag: str) -> None:
    more = 'liuzhuan:decision="d"' if tag == "businessRuleTask" else ""
    for binding in ("", 'liuzhuan:binding="latest"'):
        (found,) = read(model_with(MODELS[tag], f'{more} {binding} liuzhuan:version="3"')).problems
        assert str(found.sentence) == "liuzhuan:version has no effect here."
    assert problems(model_with(MODELS[tag], f'{more} liuzhuan:binding="version" liuzhuan:version="3"')) == ()


@pytest.mark.parametrize("tag", ["userTask", "startEvent"])
def test_a_version_of_a_form_that_is_not_there_is_told(tag: str) -> None:
    element = MODELS[tag]
    for written in ('liuzhuan:form="f" liuzhuan:formVersion="3"', 'liuzhuan:formVersion="3"', 'liuzhuan:formBinding="latest"'):
        (found,) = read(model_with(element, written)).problems
        assert "has no effect here." in str(found.sentence)


def test_a_namespace_that_is_missing_is_told_once_with_the_line_to_add() -> None:
    written = "".join(f'<liuzhuan:outcome value="{number}"/>' for number in range(20))
    xml = model_with(USER_TASK, 'liuzhuan:due="P1D"', written).replace(b' xmlns:liuzhuan="urn:liuzhuan:bpmn:1"', b"", 1)
    (found,) = problems(xml)
    assert str(found.sentence) == "The prefix liuzhuan stands for nothing in this file."
    assert str(found.fix) == 'Add xmlns:liuzhuan="urn:liuzhuan:bpmn:1" to the first element.'
    assert found.line > 0
