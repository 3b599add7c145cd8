"""Boxed contexts."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_later_entries_see_earlier_ones(decide: Callable[..., Any]) -> None:
    assert decide("Offer", {"price": 100}) == {"net": 100, "tax": 13, "gross": 113}


def test_the_entry_without_a_name_is_the_value_of_the_context(decide: Callable[..., Any]) -> None:
    assert decide("Gross", {"price": 100}) == Decimal(113)


def test_an_inner_context_sees_the_outer_one(decide: Callable[..., Any]) -> None:
    assert decide("Nested") == {"outer": 1, "inner": {"seen": 2}}


def test_an_entry_that_does_not_conform_to_its_type_is_null(decide: Callable[..., Any]) -> None:
    assert decide("Wrong Entry") == {"n": None, "isNull": True}
