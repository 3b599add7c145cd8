from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

import pytest

import engine
import service
from engine.errors import Refusal
from tests.documentation.documents import is_documented


def refusals(family: type[Refusal] = Refusal) -> Iterator[type[Refusal]]:
    for leaf in family.__subclasses__():
        yield leaf
        yield from refusals(leaf)


def all_refusals() -> list[type[Refusal]]:
    """Of every module of both packages, so that none hides in a corner."""
    for package in (engine, service):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            import_module(module.name)
    return sorted(refusals(), key=lambda refusal: refusal.__name__)


REFUSALS = all_refusals()


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_every_code_is_documented(refusal: type[Refusal]) -> None:
    assert is_documented(code_of(refusal))


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: refusal.__name__)
def test_every_refusal_is_a_sentence(refusal: type[Refusal]) -> None:
    sentence = " ".join((refusal.__doc__ or "").split())
    assert sentence[:1].isupper() or sentence.startswith("{")
    assert sentence[-1:] in {".", "}"}


def test_codes_are_unique() -> None:
    codes = [code_of(refusal) for refusal in REFUSALS]
    assert sorted(set(codes)) == sorted(codes)


def code_of(refusal: type[Refusal]) -> str:
    """Without the values that its sentence needs."""
    return refusal.__new__(refusal).code
