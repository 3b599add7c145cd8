"""The largest and oddest values there are of each type of FEEL: what a built-in may be handed by a model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import islice, product
from typing import Any

from engine.feel.builtins.registry import Overload
from engine.feel.frames import MAX_STRING
from engine.feel.functions import Function, Parameter
from engine.feel.ranges import Range
from engine.feel.temporal.durations import DayTimeDuration, YearMonthDuration
from engine.feel.temporal.reading import from_host, read_date

#: Combinations tried of the values of several parameters.
MOST = 60
#: Items of a list: enough to tell what is counted for each from what is not, and few enough to make many lists.
ITEMS = 40_000


def _texts() -> Iterator[str]:
    yield "a" * MAX_STRING
    yield "a" * (MAX_STRING - 1) + "b"
    yield "\U0001f600" * MAX_STRING
    yield "9" * 10_000
    yield "P" + "9" * 4_000 + "DT" + "9" * 4_000 + "H"
    yield "P" + "9" * 12 + "Y"
    yield "999999999-12-31T23:59:59.999999999@Asia/Shanghai"
    yield "-" * 5_000
    yield "[" + "9" * 400 + ".." + "9" * 400 + "]"
    yield "[" * 900
    yield "(" * 5_000
    yield "(a|b)*" * 3_000 + "c"
    yield "(((a*)*)*)*b"
    yield "[" + "a-z" * 3_000 + "]"
    yield "i" * 1_000
    yield "i"
    yield ","


def _numbers() -> Iterator[Decimal]:
    for text in (
        "1.234567890123456789012345678901234",
        "0.9999999999999999999999999999999999",
        "9.999999999999999999999999999999999E+6144",
        "1E-6143",
        "-6111",
        "6176",
        "14000.123456789012345678901234567",
        "500000",
        "9999",
        "1",
        "2.5",
    ):
        yield Decimal(text)


def _temporal() -> Iterator[Any]:
    yield read_date("999999999-12-31")
    yield read_date("-999999999-01-01")
    yield from_host(datetime(2026, 1, 1, tzinfo=UTC))
    yield from_host(datetime(2026, 1, 1, tzinfo=UTC).timetz())
    yield DayTimeDuration(10**33)
    yield YearMonthDuration(10**20)


def _lists() -> Iterator[list[Any]]:
    long, other = "a" * MAX_STRING, "a" * MAX_STRING
    yield [Decimal(number) for number in range(ITEMS)]
    yield [Decimal(7) / number for number in range(1, ITEMS // 2)]
    yield [Decimal(1).scaleb(number % 12_000 - 6_000) for number in range(ITEMS // 2)]
    yield [Decimal(number) for number in range(ITEMS // 8, 0, -1)]
    yield [long, other] * (ITEMS // 2)
    yield [f"{long}{number}" for number in range(8)] * 50
    yield [[long, other]] * (ITEMS // 2)
    yield [[Decimal(number)] for number in range(ITEMS // 4)]
    yield [{"key": str(number), "value": long} for number in range(ITEMS // 4)]
    yield [{"key": str(number), "value": Decimal(number)} for number in range(2_000)] * 100
    yield [{str(number): number for number in range(1_000)}] * (ITEMS // 2)
    yield [True, False, None] * (ITEMS // 3)
    yield [read_date("2026-01-31")] * (ITEMS // 2) + [read_date("2026-02-01")]
    yield [str(number) for number in range(ITEMS // 2)]
    yield _nested(50, 1_000)
    yield []


def _nested(depth: int, width: int) -> list[Any]:
    """Small in memory, endless when it is gone through."""
    found: list[Any] = [Decimal(1)] * width
    for _ in range(depth):
        found = [found] * width
    return found


def _contexts() -> Iterator[dict[str, Any]]:
    yield {str(number): Decimal(number) for number in range(ITEMS // 2)}
    yield {"a": _nested(50, 1_000)}
    yield {"i": "a" * MAX_STRING}


def _functions() -> Iterator[Function]:
    parameters = (Parameter("a"), Parameter("b"))
    yield Function("always", parameters, lambda _arguments, _evaluation: True)
    yield Function("never", parameters, lambda _arguments, _evaluation: False)


def _ranges() -> Iterator[Range]:
    long = "a" * MAX_STRING
    yield Range(Decimal(0), Decimal("9E+6144"), True, True)
    yield Range(long, "a" * MAX_STRING, True, True)
    yield Range(read_date("-999999999-01-01"), read_date("999999999-12-31"), True, True)


@lru_cache
def of_kind(kind: str) -> Sequence[Any]:
    """Values of one type by its name in a signature; of `any` one of each and all texts and lists."""
    match kind:
        case "string":
            return tuple(_texts())
        case "number":
            return tuple(_numbers())
        case "list":
            return tuple(_lists())
        case "context":
            return tuple(_contexts())
        case "function":
            return tuple(_functions())
        case "range":
            return tuple(_ranges())
        case "boolean":
            return (True,)
        case "any":
            return (*of_kind("list"), *of_kind("string")[:3], *of_kind("context"), *of_kind("number")[:2], *_temporal(), None)
    named = {
        "date": (0, 1),
        "date and time": (2,),
        "time": (3,),
        "days and time duration": (4,),
        "years and months duration": (5,),
    }
    temporal = tuple(_temporal())
    return tuple(temporal[index] for index in named[kind])


def arguments_for(overload: Overload) -> Iterator[list[Any]]:
    """Combinations of the largest values for its parameters; those of the first turn slowest, so each comes up."""
    choices = [[value for kind in sorted(slot.kinds) for value in of_kind(kind)] for slot in overload.slots]
    every = list(product(*choices))
    step = max(1, len(every) // MOST)
    yield from (list(each) for each in islice(every, 0, None, step))
