"""What nobody foresaw: seen by those who operate, tried again or resolved."""

from __future__ import annotations

from uuid import UUID

import pytest

from engine import process_instances
from engine.facts.actor import SYSTEM
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.store import event_starts, incidents, outbox, process_definitions
from engine.store.incidents import Incident
from engine.store.outbox import OutboxRow
from engine.store.process_definitions import ProcessDefinition
from service.parts import Parts
from tests.web.visitor import Visitor


@pytest.fixture
def incident(trip: str, parts: Parts) -> str:
    """The address of an incident at the first step of chen.jing's trip."""
    with parts.begin(SYSTEM) as work:
        instance = process_instances.get(work, UUID(trip.rpartition("/")[2]))
        row = Incident(
            new_id(work.now), instance.id, instance.definition_id, "approve", 2, "step",
            Sentence("{host} does not answer: {why}.", host="court", why="timed out"), None, 3, work.now, work.now, None, None,
        )  # fmt: skip
        incidents.add(work, row)
    return f"/incidents/{row.id}"


def test_the_list_says_what_happened_where_and_how_often(incident: str, dong: Visitor) -> None:
    page = dong.opens("/incidents")
    assert page.links("北京")
    assert "court 没有响应：timed out。" in page.text
    assert "3 次" in page.text


def test_the_menu_counts_open_incidents(incident: str, dong: Visitor) -> None:
    menu = dong.opens("/user-tasks").tree.xpath("//nav[@id='navigation']//a[@href='/incidents']")[0]
    assert "".join(menu.text_content().split()) == "异常1"


def test_the_instance_is_marked_in_list_and_diagram(incident: str, trip: str, dong: Visitor) -> None:
    assert dong.opens("/process-instances?incidents=1").links("北京")
    assert '"incident"' in dong.opens(trip).data("data-markers")


def test_a_resolved_incident_is_gone(incident: str, trip: str, dong: Visitor) -> None:
    page = dong.presses(f"{incident}/resolve", back=trip)
    assert "异常已解决" in page.text
    assert "没有异常" in dong.opens("/incidents").text


def test_resolving_it_twice_says_who_was_faster(incident: str, dong: Visitor, hu: Visitor) -> None:
    dong.presses(f"{incident}/resolve")
    page = hu.presses(f"{incident}/resolve")
    assert page.status == 409
    assert "董浩" in page.text


def test_trying_again_closes_it(incident: str, dong: Visitor) -> None:
    assert "正在重试" in dong.presses(f"{incident}/retry", back="/incidents").text


def test_without_incidents_the_page_says_so(dong: Visitor) -> None:
    assert "没有异常" in dong.opens("/incidents").text


def test_employees_may_not_repair(incident: str, chen: Visitor) -> None:
    assert chen.presses(f"{incident}/resolve").status == 403


WHY = Sentence(
    "It repeats after {period:g} s; the shortest period is {shortest:g} s (LIUZHUAN_SHORTEST_PERIOD_SECONDS).",
    period=0.5,
    shortest=1,
)


@pytest.fixture
def paused(parts: Parts) -> ProcessDefinition:
    with parts.begin(SYSTEM) as work:
        definition = process_definitions.latest(work)[0]
        event_starts.pause(work, definition, WHY)
    return definition


def test_what_was_given_up_stands_below_and_is_tried_again(parts: Parts, dong: Visitor, paused: ProcessDefinition) -> None:
    page = dong.opens("/incidents")
    assert "已放弃" in page.text and "每 0.5 秒重复一次" in page.text and "已暂停" in page.text
    assert page.link(paused.name) == f"/process-definitions/{paused.key}"
    assert {"全部重试", "重试"} <= set(page.buttons())
    dong.presses("/incidents/given-up/retry")
    assert "已放弃" not in dong.opens("/incidents").text
    with parts.begin(SYSTEM) as work:
        assert event_starts.pause_of(work, paused.key) is None


def test_one_is_tried_again_while_a_process_stays_paused(
    parts: Parts, dong: Visitor, chen: Visitor, paused: ProcessDefinition, trip: str
) -> None:
    case = UUID(trip.rpartition("/")[2])
    with parts.begin(SYSTEM) as work:
        row = OutboxRow(new_id(work.now), case, "message", {"name": "paid"}, work.now, work.now, 1, None, WHY)
        outbox.add(work, [row])
    page = dong.opens("/incidents")
    assert "paid" in page.text and trip in page.links("北京")
    address = f"/incidents/given-up/{row.id}/retry"
    assert page.tree.xpath(f"//form[@action='{address}']//button")
    assert chen.presses(address).status == 403
    assert "正在重试" in dong.presses(address, back="/incidents").text
    page = dong.opens("/incidents")
    assert "paid" not in page.text and "已暂停" in page.text
    assert "有人先处理了" in dong.presses(address, back="/incidents").text
    dong.presses(f"/incidents/given-up/{paused.id}/retry")
    assert "已放弃" not in dong.opens("/incidents").text


def test_the_page_of_a_process_says_that_it_is_paused(dong: Visitor, chen: Visitor, paused: ProcessDefinition) -> None:
    address = f"/process-definitions/{paused.key}"
    page = dong.opens(address)
    assert "已暂停：事件不再启动它" in page.text and "每 0.5 秒重复一次" in page.text and "自 今天" in page.text
    assert "/incidents" in page.links("已放弃")
    page = chen.opens(address)
    assert "已暂停" in page.text and not page.links("已放弃")
    dong.presses(f"/incidents/given-up/{paused.id}/retry")
    assert "已暂停" not in dong.opens(address).text
