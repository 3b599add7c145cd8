"""What is said of a wrong value: form-js's words where form-js has the rule, and the words of whoever has drawn the form."""

from __future__ import annotations

from typing import Final

from engine.facts.sentences import Named, Sentence
from service.translations.sentences import said

#: A text of the form in Chinese and in English; empty where it is not written.
Texts = tuple[str, str]

REQUIRED: Final = Sentence("Field is required.")
NOT_ACCEPTED: Final = Sentence("This value is not one of those that the field accepts.")
UNKNOWN: Final = Sentence("This form has no such field.")
READ_ONLY: Final = Sentence("This is only shown and cannot be changed. If it has changed meanwhile, reload the page.")
ROWS: Final = Sentence("Rows can be neither added nor removed here.")
PAST: Final = Sentence("It must not be before today.")
EMAIL: Final = Sentence("Field must be a valid email.")
PHONE: Final = Sentence("Field must be a valid  international phone number. (e.g. +4930664040900)")
BAD_MIN: Final = Sentence("Min validation value is not a valid number.")
BAD_MAX: Final = Sentence("Max validation value is not a valid number.")


def minimum(value: str) -> Sentence:
    return Sentence("Field must have minimum value of {value}.", value=value)


def maximum(value: str) -> Sentence:
    return Sentence("Field must have maximum value of {value}.", value=value)


def shortest(value: str) -> Sentence:
    return Sentence("Field must have minimum length of {value}.", value=value)


def longest(value: str) -> Sentence:
    return Sentence("Field must have maximum length of {value}.", value=value)


def pattern(value: str) -> Sentence:
    return Sentence("Field must match pattern {value}.", value=value)


def decimals(digits: int) -> Sentence:
    if digits == 0:
        return Sentence("Value is expected to be an integer.")
    if digits == 1:
        return Sentence("Value is expected to have at most 1 decimal digit.")
    return Sentence("Value is expected to have at most {digits} decimal digits.", digits=digits)


def step(below: str, above: str) -> Sentence:
    return Sentence(
        "Please select a valid value, the two nearest valid values are {below} and {above}.", below=below, above=above
    )


def too_many_rows(most: int) -> Sentence:
    return Sentence("There are too many rows; all lists of the form together take at most {most:,}.", most=most)


def about(where: str, label: Texts, fault: Sentence | tuple[Sentence, Sentence]) -> Sentence:
    """With the label of the field before it, or its name where it has none."""
    return Sentence(
        "{field}: {fault}", field=_named(*label, where), fault=fault if isinstance(fault, Sentence) else _either(*fault)
    )


def _named(chinese: str, english: str, otherwise: str) -> Named:
    return Named(chinese or otherwise, english or otherwise)


def _either(chinese: Sentence, english: Sentence) -> Sentence | Named:
    """What the form itself says, in both languages; one of the two may be form-js's."""
    return chinese if chinese == english else Named(said(chinese, "zh"), str(english))
