"""What a page loads of styles before it can be drawn."""

from __future__ import annotations

from service.web.static_files import FOLDER
from tests.web.visitor import Visitor


def bytes_of_styles(page: str, visitor: Visitor) -> int:
    """Of all its sheets, before they are compressed."""
    sheets = visitor.opens(page).tree.xpath("//link[@rel='stylesheet']/@href")
    return sum((FOLDER / sheet.removeprefix("/assets/")).stat().st_size for sheet in sheets)


def test_the_inbox_loads_few_styles(chen: Visitor) -> None:
    assert 0 < bytes_of_styles("/user-tasks", chen) <= 60_000


def test_a_task_loads_the_styles_of_forms_and_diagrams_too(approval: str, wang: Visitor) -> None:
    assert bytes_of_styles("/user-tasks", wang) < bytes_of_styles(approval, wang) <= 180_000
