"""Boxed conditionals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest


@pytest.mark.parametrize(("answer", "reply"), [(True, "yes"), (False, "no"), (None, "no"), ("maybe", None)])
def test_the_condition_chooses_and_must_be_a_boolean(decide: Callable[..., Any], answer: Any, reply: str | None) -> None:
    assert decide("Reply", {"answer": answer}) == reply
