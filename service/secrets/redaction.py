"""Takes secrets out of what comes back from a receiver: some repeat what they were sent, in an answer or in an error text."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, quote_plus

from engine.facts.secret_references import written
from engine.facts.sentences import Named, Sentence

#: Shorter pieces of an encoding would be found by chance.
_SHORTEST = 8


class Redaction:
    """Puts the reference `{{secret.NAME}}` in place of each value, as it is or as it is usually encoded."""

    def __init__(self, values: Mapping[str, str]) -> None:
        forms = {
            form: name for name, value in values.items() for form in _forms(value) if len(form) >= _SHORTEST or form == value
        }
        self._names = forms
        self._pattern = re.compile("|".join(map(re.escape, sorted(forms, key=len, reverse=True))) or "(?!)")

    def text(self, text: str) -> str:
        return self._pattern.sub(lambda found: written(self._names[found[0]]), text)

    def json(self, value: Any) -> Any:
        """Of a JSON value. A number that is a secret becomes a text."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(name)): self.json(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.json(each) for each in value]
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.text(str(value)) if self._pattern.search(str(value)) else value
        return value

    def sentence(self, sentence: Sentence) -> Sentence:
        """Its words stand in the code; its values may come from the receiver."""
        return sentence.with_values(lambda value: value if isinstance(value, Named) else self.json(value))


def _forms(value: str) -> Iterator[str]:
    """As it is; in addresses; in JSON and Python; in hexadecimal; within any text in base64."""
    content = value.encode()
    yield from (value, quote(value), quote(value, safe=""), quote_plus(value), quote_plus(value, safe="/"))
    yield from (json.dumps(value)[1:-1], json.dumps(value, ensure_ascii=False)[1:-1], repr(value)[1:-1], repr(content)[2:-1])
    yield from (content.hex(), content.hex().upper())
    for before in range(3):
        # Of the letters at both ends some bits belong to what stands beside it.
        piece = base64.b64encode(bytes(before) + content + bytes(-(before + len(content)) % 3)).decode()
        inner = piece[-(-before * 8 // 6) : len(piece) - (-(-(-(before + len(content)) % 3) * 8 // 6))]
        yield inner
        yield inner.translate(_URL_SAFE)


_URL_SAFE = str.maketrans("+/", "-_")
