"""range(from) (§10.3.4.1): a text such as "[1..10]" to a range; its ends are literals."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any, Final

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.arithmetic import negated
from engine.feel.builtins.registry import built_in
from engine.feel.equality import ordered
from engine.feel.errors import FeelSyntaxError, Refused
from engine.feel.frames import Evaluation
from engine.feel.parser import parse_expression
from engine.feel.ranges import Range
from engine.feel.temporal.durations import read_duration
from engine.feel.temporal.reading import read_date, read_date_time, read_time
from engine.feel.values import kind_of

_READERS: Final[dict[str, Callable[[str], Any]]] = {
    "date": read_date,
    "time": read_time,
    "date and time": read_date_time,
    "duration": read_duration,
}
_MAX_TEXT: Final = 1_000


@built_in("range(from: string)")
def range_(evaluation: Evaluation, from_: str) -> Range:
    """The range a text writes."""
    evaluation.spend(20 + len(from_[:_MAX_TEXT]))
    try:
        node = parse_expression(from_[:_MAX_TEXT], (), {})
    except FeelSyntaxError:
        raise Refused(Sentence("range: the text is no range")) from None
    if not isinstance(node, tree.RangeOf):
        raise Refused(Sentence("range: the text is no range"))
    low, high = _end(node.low), _end(node.high)
    if kind_of(low) != kind_of(high) or ordered("<=", low, high) is not True:
        raise Refused(Sentence("range: the ends are not of one type and in order"))
    return Range(low, high, node.is_low_included, node.is_high_included)


def _end(node: tree.Node) -> Any:
    if isinstance(node, tree.Literal):
        return node.value
    if isinstance(node, tree.Negation) and isinstance(node.operand, tree.Literal) and isinstance(node.operand.value, Decimal):
        return negated(node.operand.value)
    if isinstance(node, tree.Call) and isinstance(node.callee, tree.Name) and len(node.arguments) == 1:
        argument, reader = node.arguments[0], _READERS.get(node.callee.name)
        if reader is not None and isinstance(argument, tree.Literal) and isinstance(argument.value, str):
            return reader(argument.value)
    raise Refused(Sentence("range: an end is no literal"))
