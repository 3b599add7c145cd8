"""What a table makes of the rules that matched (DMN 1.5, clause 8.2.8)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from engine.dmn.place import Place
from engine.dmn.run import Run
from engine.facts.sentences import Sentence
from engine.feel import compile_expression

#: The outputs of one matched rule as the table gives them: a value, or a context of several.
Outputs = Any
#: From the outputs of the matched rules, in the order of the rules, to the value of the table.
Policy = Callable[[Sequence[Outputs], Run, Place], Any]

_EQUAL = compile_expression("left = right", ("left", "right"))
_AGGREGATES = {name: compile_expression(f"{name.lower()}(outputs)", ("outputs",)) for name in ("SUM", "COUNT", "MIN", "MAX")}


def equal(left: Any, right: Any) -> bool:
    """Equality as FEEL has it."""
    return _EQUAL.evaluate({"left": left, "right": right}) is True


def unique(matched: Sequence[Outputs], run: Run, place: Place) -> Any:
    if len(matched) > 1:
        run.note(place, Sentence("{count} rules match, UNIQUE allows one; the table gives null.", count=len(matched)))
        return None
    return matched[0]


def any_(matched: Sequence[Outputs], run: Run, place: Place) -> Any:
    if not all(equal(matched[0], other) for other in matched[1:]):
        run.note(place, Sentence("Rules with different outputs match, ANY wants equal ones; the table gives null."))
        return None
    return matched[0]


def first(matched: Sequence[Outputs], run: Run, place: Place) -> Any:
    return matched[0]


def every(matched: Sequence[Outputs], run: Run, place: Place) -> Any:
    return list(matched)


def aggregate(name: str) -> Policy:
    """SUM, COUNT, MIN or MAX of the outputs, as the FEEL functions of these names have it."""
    expression = _AGGREGATES[name]

    def aggregated(matched: Sequence[Outputs], run: Run, place: Place) -> Any:
        return run.evaluate(expression, {"outputs": list(matched)}, place)

    return aggregated


#: PRIORITY and OUTPUT ORDER get the matches ranked.
POLICIES: dict[str, Policy] = {
    "UNIQUE": unique,
    "ANY": any_,
    "PRIORITY": first,
    "FIRST": first,
    "RULE ORDER": every,
    "OUTPUT ORDER": every,
    "COLLECT": every,
}
