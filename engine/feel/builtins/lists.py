"""Functions that look into lists and build new ones (§10.3.4.4). Positions count from 1, negative ones from the end."""

from decimal import Decimal
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.builtins.strings import bounded
from engine.feel.equality import equal
from engine.feel.errors import FeelBudgetExceeded, Refused
from engine.feel.frames import LENGTH_OF_A_STEP, Evaluation, checked_list
from engine.feel.functions import Function
from engine.feel.values import value_of

_MAX_DEPTH: Final = 60


def place(items: list[Any], position: Decimal) -> int:
    """The index of a position that must be there."""
    at = bounded(position)
    if at == 0 or abs(at) > len(items) or at != position:
        raise Refused(
            Sentence("The list has {count} {count:item|items}, none at {position}", count=len(items), position=position)
        )
    return at - 1 if at > 0 else len(items) + at


@built_in("list contains(list: list, element: any?)")
def list_contains(evaluation: Evaluation, items: list[Any], element: Any) -> bool:
    """Whether an item equals the element."""
    evaluation.spend(len(items) * evaluation.spend_on(element))
    return any(equal(item, element) is True for item in items)


@built_in("count(list: any?...)")
@built_in("count(list: list)")
def count(_evaluation: Evaluation, items: list[Any]) -> Decimal:
    """How many items, nulls included."""
    return Decimal(len(items))


@built_in("sublist(list: list, start position: number, length: number=)")
def sublist(evaluation: Evaluation, items: list[Any], start: Decimal, length: Decimal | None) -> list[Any]:
    """The items from a position on, so many or to the end."""
    begin = place(items, start)
    end = len(items) if length is None else begin + bounded(length)
    if length is not None and not begin < end <= len(items):
        raise Refused(Sentence("sublist: there {length:is|are} not {length} {length:item|items} from there on", length=length))
    evaluation.spend(end - begin)
    return items[begin:end]


@built_in("append(list: list, item: any?...)")
def append(evaluation: Evaluation, items: list[Any], more: list[Any]) -> list[Any]:
    """The list with items added at its end."""
    evaluation.spend(len(items) + len(more))
    return checked_list(items + more)


@built_in("concatenate(list: list...)")
def concatenate(evaluation: Evaluation, lists: list[list[Any]]) -> list[Any]:
    """The lists in one."""
    evaluation.spend(sum(map(len, lists)))
    return checked_list([item for items in lists for item in items])


@built_in("insert before(list: list, position: number, newItem: any?)")
def insert_before(evaluation: Evaluation, items: list[Any], position: Decimal, new_item: Any) -> list[Any]:
    """The list with an item put in before a position."""
    at = place(items, position)
    evaluation.spend(len(items))
    return checked_list([*items[:at], new_item, *items[at:]])


@built_in("remove(list: list, position: number)")
def remove(evaluation: Evaluation, items: list[Any], position: Decimal) -> list[Any]:
    """The list without the item at a position."""
    at = place(items, position)
    evaluation.spend(len(items))
    return items[:at] + items[at + 1 :]


@built_in("list replace(list: list, position: number, newItem: any?)")
def list_replace(evaluation: Evaluation, items: list[Any], position: Decimal, new_item: Any) -> list[Any]:
    """The list with another item at a position."""
    at = place(items, position)
    evaluation.spend(len(items))
    return [*items[:at], new_item, *items[at + 1 :]]


@built_in("list replace(list: list, match: function, newItem: any?)")
def list_replace_matching(evaluation: Evaluation, items: list[Any], match: Function, new_item: Any) -> list[Any]:
    """The list with another item wherever `match(item, newItem)` is true."""
    evaluation.spend(len(items))
    replaced: list[Any] = []
    for item in items:
        found = match.call([item, new_item], None, evaluation)
        if not isinstance(found, bool):
            raise Refused(Sentence("list replace: match does not answer true or false for every item"))
        replaced.append(new_item if found else item)
    return replaced


@built_in("reverse(list: list)")
def reverse(evaluation: Evaluation, items: list[Any]) -> list[Any]:
    """From the last item to the first."""
    evaluation.spend(len(items))
    return items[::-1]


@built_in("index of(list: list, match: any?)")
def index_of(evaluation: Evaluation, items: list[Any], match: Any) -> list[Any]:
    """The positions of all items that equal the match."""
    evaluation.spend(len(items) * evaluation.spend_on(match))
    return [Decimal(at) for at, item in enumerate(items, 1) if equal(item, match) is True]


@built_in("distinct values(list: list)")
def distinct_values(evaluation: Evaluation, items: list[Any]) -> list[Any]:
    """The list without repetitions; the first of equal items stays."""
    found: list[Any] = []
    quick: set[tuple[type, Any]] = set()
    for item in items:
        if isinstance(item, str | Decimal):
            evaluation.spend(1 + (len(item) >> LENGTH_OF_A_STEP) if isinstance(item, str) else 1)
            key = (type(item), item)
            if key not in quick:
                quick.add(key)
                found.append(item)
        else:
            evaluation.spend(len(found) * evaluation.spend_on(item))
            if not any(equal(item, earlier) is True for earlier in found):
                found.append(item)
    return found


@built_in("union(list: list...)")
def union(evaluation: Evaluation, lists: list[list[Any]]) -> list[Any]:
    """The lists in one, without repetitions."""
    return distinct_values(evaluation, concatenate(evaluation, lists))


@built_in("flatten(list: list)")
def flatten(evaluation: Evaluation, items: list[Any]) -> list[Any]:
    """The items of the lists inside, however deep, in one list."""
    found: list[Any] = []
    _flatten(evaluation, items, found, 0)
    return checked_list(found)


def _flatten(evaluation: Evaluation, items: list[Any], found: list[Any], depth: int) -> None:
    if depth > _MAX_DEPTH:
        raise FeelBudgetExceeded(Sentence("a list is nested too deeply to flatten"), _MAX_DEPTH)
    evaluation.spend(len(items))
    for item in items:
        item = value_of(item)
        if isinstance(item, list):
            _flatten(evaluation, item, found, depth + 1)
        else:
            found.append(item)
