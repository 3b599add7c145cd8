"""Functions that make one value of a list (§10.3.4.4); each also takes the items as separate arguments."""

from decimal import Decimal
from typing import Any

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.equality import ORDERS, sort_key
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.numbers import CONTEXT, ONE, ZERO
from engine.feel.values import kind_said


def numbers(name: str, evaluation: Evaluation, items: list[Any]) -> list[Decimal]:
    """The items, all of them numbers. Raises Refused."""
    evaluation.spend(len(items))
    for item in items:
        if not isinstance(item, Decimal):
            raise Refused(Sentence("{name}: an item is {kind}, not number", name=name, kind=kind_said(item)))
    return items


def some_numbers(name: str, evaluation: Evaluation, items: list[Any]) -> list[Decimal]:
    """The items, numbers and at least one. Raises Refused."""
    if not items:
        raise Refused(Sentence("{name}: the list is empty", name=name))
    return numbers(name, evaluation, items)


def _extreme(name: str, operator: str, evaluation: Evaluation, items: list[Any]) -> Any:
    if not items:
        raise Refused(Sentence("{name}: the list is empty", name=name))
    evaluation.spend(len(items))
    if isinstance(items[0], str):
        evaluation.spend_on(items)
    best = items[0]
    for item in items:
        keys = sort_key(item, best)
        if keys is None:
            raise Refused(
                Sentence("{name}: {kind} and {best} have no order", name=name, kind=kind_said(item), best=kind_said(best))
            )
        if ORDERS[operator](*keys):
            best = item
    return best


@built_in("min(list: any?...)")
@built_in("min(list: list)")
def min_(evaluation: Evaluation, items: list[Any]) -> Any:
    """The least."""
    return _extreme("min", "<", evaluation, items)


@built_in("max(list: any?...)")
@built_in("max(list: list)")
def max_(evaluation: Evaluation, items: list[Any]) -> Any:
    """The greatest."""
    return _extreme("max", ">", evaluation, items)


def steps_of_sorting(items: list[Decimal]) -> int:
    """What it costs to sort numbers beside looking at each once."""
    return len(items) * len(items).bit_length() >> 4


def total(name: str, items: list[Decimal]) -> Decimal:
    """The sum, rounded as each addition rounds."""
    try:
        result = ZERO
        for item in items:
            result = CONTEXT.add(result, item)
        return result
    except ArithmeticError:
        raise Refused(Sentence("{name}: the result is too large", name=name)) from None


@built_in("sum(list: any?...)")
@built_in("sum(list: list)")
def sum_(evaluation: Evaluation, items: list[Any]) -> Decimal:
    """All added up; null of an empty list."""
    return total("sum", some_numbers("sum", evaluation, items))


@built_in("mean(list: any?...)")
@built_in("mean(list: list)")
def mean(evaluation: Evaluation, items: list[Any]) -> Decimal:
    """The average; null of an empty list."""
    return CONTEXT.divide(total("mean", some_numbers("mean", evaluation, items)), Decimal(len(items)))


@built_in("product(list: any?...)")
@built_in("product(list: list)")
def product(evaluation: Evaluation, items: list[Any]) -> Decimal:
    """All multiplied; null of an empty list."""
    result = ONE
    try:
        for item in some_numbers("product", evaluation, items):
            result = CONTEXT.multiply(result, item)
    except ArithmeticError:
        raise Refused(Sentence("product: the result is too large")) from None
    return result


@built_in("median(list: any?...)")
@built_in("median(list: list)")
def median(evaluation: Evaluation, items: list[Any]) -> Decimal:
    """The one in the middle, or the average of the two; null of an empty list."""
    values = some_numbers("median", evaluation, items)
    evaluation.spend(steps_of_sorting(values))
    ordered = sorted(values)
    half = len(ordered) // 2
    if len(ordered) % 2:
        return ordered[half]
    return CONTEXT.divide(total("median", ordered[half - 1 : half + 1]), Decimal(2))


@built_in("stddev(list: any?...)")
@built_in("stddev(list: list)")
def stddev(evaluation: Evaluation, items: list[Any]) -> Decimal:
    """The (sample) standard deviation; null of fewer than two numbers."""
    values = some_numbers("stddev", evaluation, items)
    if len(values) < 2:
        raise Refused(Sentence("stddev: two numbers are needed"))
    average = mean(evaluation, items)
    try:
        squares = [CONTEXT.multiply(distance, distance) for distance in (CONTEXT.subtract(each, average) for each in values)]
        return CONTEXT.sqrt(CONTEXT.divide(total("stddev", squares), Decimal(len(values) - 1)))
    except ArithmeticError:
        raise Refused(Sentence("stddev: the result is too large")) from None


@built_in("mode(list: any?...)")
@built_in("mode(list: list)")
def mode(evaluation: Evaluation, items: list[Any]) -> list[Decimal]:
    """The most frequent numbers in ascending order; an empty list of an empty list."""
    counts: dict[Decimal, int] = {}
    values = numbers("mode", evaluation, items)
    evaluation.spend(steps_of_sorting(values))
    for number in values:
        counts[number] = counts.get(number, 0) + 1
    most = max(counts.values(), default=0)
    return sorted(number for number, count in counts.items() if count == most)


def _together(name: str, decisive: bool, evaluation: Evaluation, items: list[Any]) -> bool | None:
    """Three-valued: `decisive` if one item is; null if one is null; an item that is no boolean is a fault."""
    evaluation.spend(len(items))
    for item in items:
        if item is not None and not isinstance(item, bool):
            raise Refused(Sentence("{name}: an item is {kind}, not boolean", name=name, kind=kind_said(item)))
    if decisive in items:
        return decisive
    return None if None in items else not decisive


def _logic(name: str, decisive: bool) -> None:
    @built_in(f"{name}(list: any?...)")
    @built_in(f"{name}(list: list)")
    def together(evaluation: Evaluation, items: list[Any]) -> bool | None:
        return _together(name, decisive, evaluation, items)


for _name, _decisive in (("all", False), ("any", True), ("and", False), ("or", True)):
    _logic(_name, _decisive)
