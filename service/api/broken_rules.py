"""The sentences of marshmallow, each with the stable name of the rule that was broken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from engine.facts.phrasebook import Phrasebook
from engine.facts.sentences import Sentence, verbatim

BY_RULE: Final[Mapping[str, Phrasebook]] = {
    "unknown": Phrasebook("Unknown field."),
    "required": Phrasebook("Missing data for required field."),
    "null": Phrasebook("Field may not be null."),
    "choice": Phrasebook("Must be one of: {choices}."),
    "range": Phrasebook(
        "Must be greater than or equal to {min} and less than or equal to {max}.",
        "Must be greater than or equal to {min}.",
        "Must be less than or equal to {max}.",
    ),
    "length": Phrasebook(
        "Length must be between {min} and {max}.",
        "Shorter than minimum length {min}.",
        "Longer than maximum length {max}.",
    ),
    "type": Phrasebook(
        "Not a valid string.",
        "Not a valid integer.",
        "Not a valid number.",
        "Not a valid boolean.",
        "Not a valid list.",
        "Not a valid mapping type.",
        "Not a valid object of variables.",
        "Not a valid UUID.",
        "Not a valid aware datetime.",
        "Not a valid datetime.",
        "Not a valid utf-8 string.",
        "Number too large.",
        "Invalid type.",
        "Invalid input type.",
    ),
    "invalid": Phrasebook("String does not match expected pattern.", "Invalid value."),
}


def broken(text: str) -> tuple[str, Sentence]:
    """The rule and its sentence."""
    found = ((rule, phrases.find(text)) for rule, phrases in BY_RULE.items())
    return next(((rule, sentence) for rule, sentence in found if sentence), ("invalid", verbatim(text)))
