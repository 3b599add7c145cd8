"""Boxed iterators: every."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("numbers", "answer"), [([1, 2], True), ([1, -2], False), ([], True), (["x", 1], None), (["x", -1], False), (None, None)]
)
def test_all_items_must_satisfy(decide: Callable[..., Any], numbers: Any, answer: bool | None) -> None:
    assert decide("Positive", {"numbers": numbers}) is answer
