"""How often the database is asked for a page: each fact once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from service.parts import Parts
from tests.fixtures.statements import statements
from tests.web.visitor import Visitor

#: What every page asks: who it is, how much waits for them, what they have not read.
FRAME = 3


@pytest.fixture
def sent(parts: Parts) -> Iterator[list[str]]:
    with statements(parts.database) as texts:
        yield texts


@pytest.mark.parametrize(
    ("page", "most"),
    [
        ("/start", FRAME + 1),
        ("/start/trip", FRAME + 1),
        ("/user-tasks", FRAME + 2),
        ("the task", FRAME + 6),
        ("the case", FRAME + 8),
    ],
)
def test_a_page_asks_for_each_fact_once(
    page: str, most: int, approval: str, trip: str, chen: Visitor, wang: Visitor, sent: list[str]
) -> None:
    """The task and the case have a form, a record, a diagram and what certainly follows."""
    who, address = {"the task": (wang, approval), "the case": (chen, trip)}.get(page, (chen, page))
    who.opens(address)
    sent.clear()
    assert who.opens(address).status == 200
    assert len(sent) <= most, "\n".join(sent)
    assert len(set(sent)) == len(sent), "the same statement twice: " + "\n".join(sent)


def test_who_operates_sees_all_of_a_case_with_few_questions(trip: str, dong: Visitor, sent: list[str]) -> None:
    dong.opens(trip)
    sent.clear()
    assert dong.opens(trip).status == 200
    assert len(sent) <= FRAME + 10, "\n".join(sent)
    assert len(set(sent)) == len(sent), "the same statement twice: " + "\n".join(sent)
