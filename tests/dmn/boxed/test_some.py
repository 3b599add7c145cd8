"""Boxed iterators: some."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("numbers", "answer"), [([-1, 2], True), ([-1, -2], False), ([], False), (["x", -1], None), (["x", 1], True), (None, None)]
)
def test_one_item_is_enough(decide: Callable[..., Any], numbers: Any, answer: bool | None) -> None:
    assert decide("Positive", {"numbers": numbers}) is answer
