"""sort(list, precedes) (§10.3.4.6)."""

from functools import cmp_to_key
from typing import Any

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.equality import sort_key
from engine.feel.errors import Refused
from engine.feel.frames import LENGTH_OF_A_STEP, Evaluation
from engine.feel.functions import Function


@built_in("sort(list: list, precedes: function)")
def sort(evaluation: Evaluation, items: list[Any], precedes: Function) -> list[Any]:
    """In the order of a function of two items that tells whether the first comes first; equal ones keep their order."""

    def order(one: Any, other: Any) -> int:
        evaluation.spend(1)
        if precedes.call([one, other], None, evaluation) is True:
            return -1
        return 1 if precedes.call([other, one], None, evaluation) is True else 0

    return sorted(items, key=cmp_to_key(order))


@built_in("sort(list: list)")
def sort_ascending(evaluation: Evaluation, items: list[Any]) -> list[Any]:
    """From the least to the greatest."""

    def order(one: Any, other: Any) -> int:
        evaluation.spend(1 + (len(one) >> LENGTH_OF_A_STEP) if isinstance(one, str) else 1)
        keys = sort_key(one, other)
        if keys is None:
            raise Refused(Sentence("sort: the items have no order, give a function that tells which comes first"))
        return -1 if keys[0] < keys[1] else int(keys[1] < keys[0])

    return sorted(items, key=cmp_to_key(order))
