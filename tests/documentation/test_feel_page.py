"""The FEEL pages: every example runs, every function is there, both languages show the same."""

import re
from pathlib import Path

import pytest

from engine.feel import compile_expression, compile_unary_tests
from engine.feel.builtins.registry import BUILT_INS
from engine.feel.frames import MAX_DEPTH, MAX_LIST, MAX_STEPS, MAX_STRING
from engine.feel.juel import translate
from engine.feel.regex.matcher import MAX_STEPS as MAX_PATTERN_STEPS
from engine.feel.tokens import MAX_TEXT
from tests.feel.evaluating import shown

PAGES = {page.name: page.read_text(encoding="utf-8") for page in Path("docs").glob("feel*.md")}
ENGLISH = PAGES["feel.md"]
SECTIONS = {
    "juel": re.compile(r"## [^\n]*JUEL.*?(?=\n## |\Z)", re.DOTALL),
    "python": re.compile(r"## [^\n]*Python.*?(?=\n## |\Z)", re.DOTALL),
}


def _rows(text: str, cells: int) -> list[tuple[str, ...]]:
    """The cells in back quotes that begin a table's rows."""
    row = re.compile(r"^\|" + r" `([^`]+)` \|" * cells + r"(?! `[^`]+` \|)", re.MULTILINE)
    return [match.groups() for match in row.finditer(text)]


def _without_sections(text: str) -> str:
    for section in SECTIONS.values():
        text = section.sub("", text)
    return text


EXAMPLES = _rows(_without_sections(ENGLISH), 2)


@pytest.mark.parametrize(("text", "result"), EXAMPLES)
def test_an_example_has_the_result_it_shows(text: str, result: str) -> None:
    assert shown(text) == shown(f'@"{result}"' if re.fullmatch(r"-?P.*|[-0-9]+-\d\d-\d\d.*|\d\d:\d\d:.*", result) else result)


@pytest.mark.parametrize(("cell", "value", "holds"), _rows(ENGLISH, 3))
def test_a_cell_holds_as_it_shows(cell: str, value: str, holds: str) -> None:
    assert compile_unary_tests(cell).holds(compile_expression(value).evaluate({}), {}) is (holds == "true")


@pytest.mark.parametrize("name", sorted(BUILT_INS))
def test_every_function_has_an_example(name: str) -> None:
    assert any(re.search(rf"(?<!\w){re.escape(name)}\(", text) for text, _ in EXAMPLES)


@pytest.mark.parametrize(("juel", "feel"), _rows(SECTIONS["juel"].findall(ENGLISH)[0], 2))
def test_juel_is_translated_as_the_page_shows(juel: str, feel: str) -> None:
    assert translate(juel) == feel


@pytest.mark.parametrize(("python", "feel"), _rows(SECTIONS["python"].findall(ENGLISH)[0], 2))
def test_what_python_programmers_are_told_to_write_is_feel(python: str, feel: str) -> None:
    for part in feel.split(", ") if python == "items[0], items[-1]" else [feel]:
        compile_expression(part)


def test_both_languages_show_the_same_examples() -> None:
    assert _rows(PAGES["feel.zh.md"], 2) == _rows(ENGLISH, 2)
    assert _rows(PAGES["feel.zh.md"], 3) == _rows(ENGLISH, 3)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("limit", [MAX_STEPS, MAX_DEPTH, MAX_STRING, MAX_LIST, MAX_PATTERN_STEPS, MAX_TEXT])
def test_the_limits_are_the_ones_in_force(page: str, limit: int) -> None:
    assert f"{limit:,}" in PAGES[page]
