"""Functions of texts (§10.3.4.3). Positions count code points, from 1; negative ones from the end."""

from decimal import Decimal
from typing import Any

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation, checked_length, checked_string
from engine.feel.values import kind_said


@built_in("substring(string: string, start position: number, length: number=)")
def substring(_evaluation: Evaluation, string: str, start: Decimal, length: Decimal | None) -> str:
    """The part from a position on, of a length or to the end."""
    at = bounded(start)
    if at == 0 or abs(at) > len(string):
        raise Refused(
            Sentence(
                "substring: the text has {count} {count:character|characters}, none at {start}", count=len(string), start=start
            )
        )
    begin = at - 1 if at > 0 else len(string) + at
    if length is None:
        return string[begin:]
    if length < 1:
        raise Refused(Sentence("substring: the length is below 1"))
    return string[begin : begin + bounded(length)]


def bounded(number: Decimal) -> int:
    """The integer part of a position or length; a giant one is as good as a billion."""
    return int(max(Decimal(-(10**9)), min(Decimal(10**9), number)))


@built_in("string length(string: string)")
def string_length(_evaluation: Evaluation, string: str) -> Decimal:
    """How many characters (code points)."""
    return Decimal(len(string))


@built_in("upper case(string: string)")
def upper_case(_evaluation: Evaluation, string: str) -> str:
    """In capitals."""
    return checked_string(string.upper())


@built_in("lower case(string: string)")
def lower_case(_evaluation: Evaluation, string: str) -> str:
    """In small letters."""
    return checked_string(string.lower())


@built_in("substring before(string: string, match: string)")
def substring_before(_evaluation: Evaluation, string: str, match: str) -> str:
    """What stands before the first match; empty without one."""
    at = string.find(match)
    return string[:at] if at > 0 else ""


@built_in("substring after(string: string, match: string)")
def substring_after(_evaluation: Evaluation, string: str, match: str) -> str:
    """What stands after the first match; empty without one."""
    at = string.find(match)
    return string[at + len(match) :] if at >= 0 else ""


@built_in("contains(string: string, match: string)")
def contains(_evaluation: Evaluation, string: str, match: str) -> bool:
    """Whether the match stands in the text."""
    return match in string


@built_in("starts with(string: string, match: string)")
def starts_with(_evaluation: Evaluation, string: str, match: str) -> bool:
    """Whether the text begins with the match."""
    return string.startswith(match)


@built_in("ends with(string: string, match: string)")
def ends_with(_evaluation: Evaluation, string: str, match: str) -> bool:
    """Whether the text ends with the match."""
    return string.endswith(match)


@built_in("string join(list: list, delimiter: string?=)")
def string_join(evaluation: Evaluation, items: list[Any], delimiter: str | None) -> str:
    """The texts of a list in one, with a delimiter between; nulls are left out."""
    evaluation.spend(len(items))
    texts: list[str] = []
    for item in items:
        if isinstance(item, str):
            texts.append(item)
        elif item is not None:
            raise Refused(Sentence("string join: an item is {kind}, not string", kind=kind_said(item)))
    checked_length(sum(map(len, texts)) + len(delimiter or "") * len(texts))
    return (delimiter or "").join(texts)
