"""Boolean functions and equality as a function (§10.3.4.2)."""

from typing import Any

from engine.feel.builtins.registry import built_in
from engine.feel.equality import same
from engine.feel.frames import Evaluation


@built_in("not(negand: boolean?)")
def not_(_evaluation: Evaluation, negand: bool | None) -> bool | None:
    """The opposite; null of null."""
    return None if negand is None else not negand


@built_in("is(value1: any?, value2: any?)")
def is_(evaluation: Evaluation, value1: Any, value2: Any) -> bool:
    """Whether both are the same element of their type's values."""
    evaluation.spend_on(value1)
    return same(value1, value2)
