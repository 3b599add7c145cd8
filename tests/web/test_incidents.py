"""What nobody foresaw: seen by those who operate, tried again or resolved."""

from __future__ import annotations

from uuid import UUID

import pytest

from engine import process_instances
from engine.facts.actor import SYSTEM
from engine.facts.ids import new_id
from engine.facts.sentences import Sentence
from engine.store import event_starts, incidents, process_definitions
from engine.store.incidents import Incident
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


def test_what_was_given_up_stands_below_and_is_tried_again(parts: Parts, dong: Visitor) -> None:
    why = Sentence(
        "It repeats after {period:g} s; the shortest period is {shortest:g} s (LIUZHUAN_SHORTEST_PERIOD_SECONDS).",
        period=0.5,
        shortest=1,
    )
    with parts.begin(SYSTEM) as work:
        definition = process_definitions.latest(work)[0]
        event_starts.pause(work, definition, why)
    page = dong.opens("/incidents")
    assert "已放弃" in page.text and "每 0.5 秒重复一次" in page.text and "已暂停" in page.text
    dong.presses("/incidents/given-up/retry")
    assert "已放弃" not in dong.opens("/incidents").text
    with parts.begin(SYSTEM) as work:
        assert event_starts.why_paused(work, definition.key) is None
