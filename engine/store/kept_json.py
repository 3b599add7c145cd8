"""JSON as our databases keep it: without NUL, which PostgreSQL refuses in jsonb, and keeps in json as a text it cannot read."""

from __future__ import annotations

from typing import Any

import orjson

from engine.facts.errors import ValueNotKept
from engine.facts.json_text import json_text
from engine.facts.sentences import Sentence, verbatim
from engine.facts.values import NUL_IN_JSON, places_of_nul


def kept_json(value: Any) -> bytes:
    """Raises ValueNotKept."""
    try:
        text = json_text(value)
    except UnicodeEncodeError as fault:
        raise ValueNotKept(why=verbatim(str(fault))) from fault
    if NUL_IN_JSON in text:
        for place in places_of_nul(orjson.loads(text)):
            why = Sentence("{name} contains the character NUL (U+0000). Remove it.", name=place.replace("\0", "␀"))
            raise ValueNotKept(why=why)
    return text
