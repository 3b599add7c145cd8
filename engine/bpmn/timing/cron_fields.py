"""The fields of a cron text, written one way: five of Unix, six with a second of Quartz and Spring, seven with a year.

Camunda 7, Flowable and Activiti write Quartz, whose week begins with 1 for Sunday; Camunda 8 writes Spring, where 1 is Monday and
0 or 7 Sunday. What a text says is kept, or it is NotATime; it is never read as something near.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from engine.bpmn.timing.moments import NotATime
from engine.facts.sentences import Sentence

#: The number of Sunday.
QUARTZ = 1
SPRING = 0

_MACROS = {
    "@YEARLY": "0 0 0 1 1 *",
    "@ANNUALLY": "0 0 0 1 1 *",
    "@MONTHLY": "0 0 0 1 * *",
    "@WEEKLY": "0 0 0 * * SUN",
    "@DAILY": "0 0 0 * * *",
    "@MIDNIGHT": "0 0 0 * * *",
    "@HOURLY": "0 0 * * * *",
}
_LOOKS = re.compile(r"@[A-Z]+|(?:[\d*?][\d*,/?-]*\s+){2}[\w*,/?#-]+(?:\s+[\w*,/?#-]+){2,4}", re.ASCII | re.IGNORECASE)
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
#: A day of the week: not the number after a #, as in “the third Friday”, and not a step.
_WEEKDAY_NUMBER = re.compile(r"(?<![#/\w])\d(?!\d)", re.ASCII)
_WEEKDAY_NAME = re.compile("|".join(_WEEKDAYS))
_ITEM = re.compile(r"(\*|[A-Z]{3}|\d{1,4})(?:-([A-Z]{3}|\d{1,4}))?(?:/(\d{1,4}))?", re.ASCII)
_ANY = "*"


@dataclass(frozen=True, slots=True)
class _Field:
    """Numbers from `least` to `most`. `names` stand for them in their order; `special` are items that need the calendar."""

    least: int
    most: int
    names: Sequence[str] = ()
    special: re.Pattern[str] = re.compile(r"(?!)")
    has_numbers: bool = True
    goes_round: bool = True

    def read(self, text: str) -> str | None:
        """`*`, or numbers and special items with commas between; None for what it cannot say."""
        found: list[str] = []
        for item in text.split(","):
            numbers = [item] if self.special.fullmatch(item) else self._numbers(item)
            if not numbers:
                return None
            found += [number for number in numbers if number not in found]
        return _ANY if len(found) > self.most - self.least else ",".join(found)

    def _numbers(self, item: str) -> Sequence[str]:
        """Those of `7`, `MON-FRI`, `0/15`, `22-4/2`: a range may go over the end, but for years; a step alone goes to the end."""
        match = _ITEM.fullmatch(item)
        if match is None:
            return ()
        first = self.least if match[1] == _ANY else self._number(match[1])
        to_the_end = match[1] == _ANY or (match[3] and not match[2])
        last = self.most if to_the_end else self._number(match[2] or match[1])
        step = int(match[3] or 1)
        if first is None or last is None or not 1 <= step <= self.most:
            return ()
        if not self.goes_round and last < first:
            return ()
        count = self.most - self.least + 1
        return [str(self.least + (first - self.least + more) % count) for more in range(0, (last - first) % count + 1, step)]

    def _number(self, text: str) -> int | None:
        if text in self.names:
            return self.least + self.names.index(text)
        number = int(text) if self.has_numbers and text.isdecimal() else -1
        return number if self.least <= number <= self.most else None


#: `L-3` is three days before the last day of the month, `15W` the day from Monday to Friday nearest to the 15th in its month.
ALONE = re.compile(r"L-(?:[12]?\d|30)|(?:[1-9]|[12]\d|3[01])W", re.ASCII)
_SECOND, _MINUTE, _HOUR = _Field(0, 59), _Field(0, 59), _Field(0, 23)
#: `L` is the last day of the month, `LW` its last from Monday to Friday.
_DAY = _Field(1, 31, special=re.compile("LW?"))
_MONTH = _Field(1, 12, _MONTHS)
#: `FRIL` is the last Friday of the month, `FRI#3` its third.
_WEEKDAY = _Field(0, 6, _WEEKDAYS, has_numbers=False, special=re.compile(f"(?:{'|'.join(_WEEKDAYS)})(?:L|#[1-5])"))
_YEAR = _Field(1970, 2199, goes_round=False)
_FIELDS = (_SECOND, _MINUTE, _HOUR, _DAY, _MONTH, _WEEKDAY, _YEAR)


def names_weekdays(text: str) -> bool:
    """Whether the days of the week are told without numbers, so that they mean the same everywhere."""
    fields = text.split()
    return len(fields) < 6 or _WEEKDAY_NUMBER.search(fields[5]) is None


def is_cron(text: str) -> bool:
    """Whether the text has the form of one, be it right or wrong."""
    return _LOOKS.fullmatch(text) is not None


def read_fields(text: str, sunday: int) -> tuple[str, ...]:
    """Second, minute, hour, day, month, weekday (0 for Sunday), year: each `*`, or numbers and special items with commas between.

    `sunday` is its number in a text of six fields or more: QUARTZ or SPRING. Unix counts as Spring does.
    """
    fields = _MACROS.get(text.upper(), text.upper()).split()
    if len(fields) == 5:
        fields, sunday = ["0", *fields], SPRING
    if len(fields) == 6:
        fields.append(_ANY)
    if len(fields) != 7:
        raise NotATime(
            Sentence(
                "There is no cron text “{text}”; its short forms are @yearly, @monthly, @weekly, @daily and @hourly.", text=text
            )
        )
    fields[3], fields[5] = (_ANY if field == "?" else field for field in (fields[3], fields[5]))
    found = tuple(_read(text, number, fields[number - 1], sunday) for number in range(1, 8))
    if found[3] != _ANY and found[5] != _ANY:
        raise NotATime(
            Sentence(
                "The cron text “{text}” names days of the month and of the week, which is read in two ways; leave one to ?.",
                text=text,
            )
        )
    return found


def _read(text: str, number: int, field: str, sunday: int) -> str:
    """Field `number` of the text, counted from 1."""
    kind = _FIELDS[number - 1]
    if kind is _DAY and ALONE.fullmatch(field):
        return field
    found = kind.read(_with_names(field, sunday) if kind is _WEEKDAY else field)
    if found is None:
        raise NotATime(
            Sentence(
                "In the cron text “{text}”, “{field}” cannot be read; the fields are second, minute, hour, day of "
                "the month, month, day of the week and, if need be, year.",
                text=text,
                field=field,
            )
        )
    return _WEEKDAY_NAME.sub(lambda name: str(_WEEKDAYS.index(name[0])), found) if kind is _WEEKDAY else found


def _with_names(field: str, sunday: int) -> str:
    """The days of a week named: 2-6 of Quartz and 1-5 of Spring are both MON-FRI. A number that is no day stays."""

    def named(number: re.Match[str]) -> str:
        day = int(number[0]) - sunday
        return _WEEKDAYS[day % 7] if 0 <= day <= 7 - sunday else number[0]

    return _WEEKDAY_NUMBER.sub(named, field)
