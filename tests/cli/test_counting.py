"""How many there are is said of one as of many, in both languages."""

from __future__ import annotations

import inspect

import pytest

from engine.facts.sentences import Sentence
from service.commands import counting
from service.translations import sentences

COUNTED = [each for each in vars(counting).values() if inspect.isfunction(each)]


@pytest.mark.parametrize("counted", COUNTED)
def test_one_is_no_plural(counted: object) -> None:
    one, none, many = (counted(count) for count in (1, 0, 2))  # type: ignore[operator]
    assert isinstance(one, Sentence)
    assert not str(one).endswith("s") and str(none) == f"0 {one}s".replace("1 ", "") and str(many).endswith("s")
    assert [sentences.said(each, "zh").count("s") for each in (one, many)] == [0, 0]
