from __future__ import annotations

from collections.abc import Iterator

import pytest

import engine
import service
from engine.facts.errors import Refusal
from installation.checkout import ROOT
from service.api.problem import STATUS
from tests.documentation.modules import modules


def refusals(family: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for leaf in family.__subclasses__():
        yield leaf
        yield from refusals(leaf)


@pytest.fixture(scope="module")
def leaves() -> list[type[Refusal]]:
    """Of every module of both packages, so that none hides in a corner."""
    assert list(modules(engine, service))
    return sorted(refusals(), key=code_of)


def test_every_code_is_documented_with_its_sentence(leaves: list[type[Refusal]]) -> None:
    rows = (ROOT / "docs" / "errors.md").read_text().splitlines()
    assert [row_of(leaf) for leaf in leaves if row_of(leaf) not in rows] == []


def test_every_refusal_is_a_sentence(leaves: list[type[Refusal]]) -> None:
    assert [leaf.__name__ for leaf in leaves if not is_sentence(leaf.__doc__ or "")] == []


def test_codes_are_unique(leaves: list[type[Refusal]]) -> None:
    codes = [code_of(leaf) for leaf in leaves]
    assert sorted(set(codes)) == codes


def is_sentence(text: str) -> bool:
    return (text[:1].isupper() or text[:1] in "'{") and text.rstrip().endswith((".", "}"))


def code_of(refusal: type[Refusal]) -> str:
    """Without the values that its sentence needs."""
    return refusal.__new__(refusal).code


def row_of(refusal: type[Refusal]) -> str:
    """The line of docs/errors.md."""
    status = next(status for family, status in STATUS.items() if issubclass(refusal, family))
    return f"| `{code_of(refusal)}` | {status} | {' '.join((refusal.__doc__ or '').split())} |"
