"""Boxed lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def test_each_item_is_an_expression_of_any_kind(decide: Callable[..., Any]) -> None:
    assert decide("Steps", {"price": 3}) == [3, 6, ["nested"]]
