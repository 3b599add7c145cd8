"""Relations: tables of values."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any


def test_a_relation_is_a_list_of_contexts_with_typed_columns(decide: Callable[..., Any]) -> None:
    assert decide("Rates") == [{"city": "北京", "daily rate": 500}, {"city": "杭州", "daily rate": None}]


def test_a_column_with_a_blank_in_its_name_can_be_read(decide: Callable[..., Any]) -> None:
    assert decide("Rate of Beijing") == Decimal(500)
