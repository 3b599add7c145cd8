"""Sentences for people: kept as a template with its values until somebody is shown them, in whatever language.

`Sentence("There is no form {name}.", name=key)`. The template is English and the key of its translation; a value is a name, a
number, a moment, or itself said in the reader's language: another sentence (a reason, a kind, a word), or Named. Values are
filled in once and never read as templates. Nothing is formatted before it is shown.

`{count} {count:problem|problems}` has the word for one and for any other number; Chinese needs neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache, reduce
from string import Formatter
from typing import Any, Final, final

#: A template in another language, or the same where nobody has translated it.
Translate = Callable[[str], str]
#: A value in another language.
Say = Callable[["Sentence | Named"], str]

_JSON: Final = (str, int, float, bool)
#: Said as it is: what another system or person has written.
_VERBATIM: Final = "{text}"
#: Between the words for one and for any other number.
_OR: Final = "|"
_STOPS: Final = (".", "。")
_ENDS: Final = (*_STOPS, "!", "?", "！", "？")


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody or something of the company, whose name may be another one for readers of English."""

    name: str
    name_en: str = ""

    def __str__(self) -> str:
        return self.name_en or self.name


@final
class Sentence:
    """A template and its values; never changed. `str` is the English sentence."""

    __slots__ = ("template", "values")

    def __init__(self, template: str, /, **values: Any) -> None:
        self.template: Final = template
        self.values: Final[Mapping[str, Any]] = values

    def __str__(self) -> str:
        return "".join(self.pieces(_as_it_is))

    def __repr__(self) -> str:
        return f"Sentence({str(self)!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and (self.template, self.values) == (other.template, other.values)

    def __hash__(self) -> int:
        return hash((self.template, *self.values))

    def pieces(self, translate: Translate, say: Say = str) -> Iterator[str]:
        """Words of the template and values by turns, words first and last; one full stop after a sentence that has its own."""
        is_over = False
        for words, name, spec in _parts(translate(self.template)):
            yield words[1:] if is_over and words.startswith(_STOPS) else words
            if name is not None:
                value = self.values.get(name, f"{{{name}}}")
                text = say(value) if isinstance(value, Sentence | Named) else _shown(value, spec)
                is_over = isinstance(value, Sentence) and text.endswith(_ENDS)
                yield text

    @property
    def json(self) -> dict[str, Any]:
        """As plain values, with the English text for those who read it without this program."""
        if self.template == _VERBATIM:
            return {"text": writable(str(self))}
        return {"text": writable(str(self)), "template": self.template, "values": self.plain_values}

    def with_values(self, change: Callable[[Any], Any]) -> Sentence:
        """The same words with each value as `change` has it; those of sentences inside of it too."""
        values = {
            name: value.with_values(change) if isinstance(value, Sentence) else change(value)
            for name, value in self.values.items()
        }
        return filled(self.template, values)

    @property
    def plain_values(self) -> dict[str, Any]:
        """As JSON."""
        return {name: _plain(value) for name, value in self.values.items()}

    @classmethod
    def from_json(cls, stored: Any) -> Sentence:
        """The opposite of `json`; a text that has lost its template, or never had one, is said as it is."""
        if not isinstance(stored, Mapping):
            return verbatim(str(stored))
        if "template" not in stored:
            return verbatim(str(stored.get("text", "")))
        return revived(stored["template"], stored.get("values", {}))


class Spoken(Exception):
    """Raised with the sentence that says why; `str` is the English one, made when somebody asks for it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _as_it_is(template: str) -> str:
    return template


def filled(template: str, values: Mapping[str, Any]) -> Sentence:
    """For templates that do not stand in the code where they are said: of refusals, and stored ones."""
    return Sentence(template, **values)


def revived(template: str, plain_values: Mapping[str, Any]) -> Sentence:
    """The opposite of `template` and `plain_values`."""
    return filled(template, {name: _revived(value) for name, value in plain_values.items()})


def verbatim(text: str) -> Sentence:
    """What somebody else has said, in their words."""
    return Sentence(_VERBATIM, text=text)


def either(options: Iterable[Any]) -> Sentence:
    """`number or string or list` as a value of another sentence; at least one."""
    return reduce(lambda this, that: Sentence("{this} or {that}", this=this, that=that), map(_spoken, options))


def listed(options: Iterable[Any]) -> Sentence:
    """`number, string, list` as a value of another sentence; at least one."""
    return reduce(lambda this, that: Sentence("{this}, {that}", this=this, that=that), map(_spoken, options))


def lines(sentences: Iterable[Sentence]) -> Sentence:
    """One below the other; at least one."""
    return reduce(lambda above, below: Sentence("{above}\n{below}", above=above, below=below), sentences)


def _spoken(option: Any) -> Sentence:
    return option if isinstance(option, Sentence) else verbatim(str(option))


def _shown(value: Any, spec: str) -> str:
    """A number that was stored as a text is shown as the text; whatever a script or receiver has said, it can be written."""
    if _OR in spec:
        one, many = spec.split(_OR)
        return one if str(value) == "1" else many
    return format(value, spec) if isinstance(value, int | float | Decimal) else writable(str(value))


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return writable(value)
    if value is None or isinstance(value, _JSON):
        return value
    if isinstance(value, Named):
        return {"name": value.name, "name_en": value.name_en}
    return value.json if isinstance(value, Sentence) else writable(str(value))


def writable(text: str) -> str:
    """What is said of a value that cannot be kept can be: NUL and halves of characters are shown by signs."""
    text = text.replace("\0", "␀")
    return text if text.isascii() else text.encode(errors="replace").decode()


def _revived(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return Named(**value) if "name" in value else Sentence.from_json(value)


@lru_cache(maxsize=4_096)
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """Words, the name of the value that follows them (None at the end) and how it is written."""
    parts, words = [], ""
    for literal, name, spec, _ in Formatter().parse(template):
        words += literal
        if name is not None:
            parts.append((words, name, spec or ""))
            words = ""
    return (*parts, (words, None, ""))
