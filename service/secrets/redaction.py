"""Takes secrets out of what comes back from a receiver: some repeat what they were sent, in an answer or in an error text."""

from __future__ import annotations

import base64
from collections.abc import Iterator, Mapping
from typing import Any

from engine.facts.secret_references import written
from engine.facts.sentences import Named, Sentence
from service.secrets.disguises import folded, layers

#: Shorter pieces of an encoding would be found by chance.
_SHORTEST = 8


class Redaction:
    """Puts the reference `{{secret.NAME}}` in place of each value, in small or capital letters, as it is or as it is
    usually written. What cannot be read so - compressed, encrypted, spelled - stays: a receiver that wants to tell a secret can.
    """

    def __init__(self, values: Mapping[str, str]) -> None:
        forms = {
            folded(form): name
            for name, value in values.items()
            for form in _forms(value)
            if len(form) >= _SHORTEST or form == value
        }
        self._names = dict(sorted(forms.items(), key=lambda each: -len(each[0])))
        self._shortest = min(map(len, forms), default=0)

    def text(self, text: str) -> str:
        places = self._places(text) if self._names and len(text) >= self._shortest else []
        if not places:
            return text
        pieces, at = [], 0
        # The longest of those that begin at a place; what overlaps goes with it.
        for start, end, name in sorted(places, key=lambda place: (place[0], -place[1])):
            if start >= at:
                pieces += [text[at:start], written(name)]
            at = max(at, end)
        return "".join([*pieces, text[at:]])

    def json(self, value: Any) -> Any:
        """Of a JSON value. A number that is a secret becomes a text."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {self.text(str(name)): self.json(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            return [self.json(each) for each in value]
        if isinstance(value, int | float) and not isinstance(value, bool):
            shown = self.text(str(value))
            return value if shown == str(value) else shown
        return value

    def sentence(self, sentence: Sentence) -> Sentence:
        """Its words stand in the code; its values may come from the receiver."""
        return sentence.with_values(lambda value: value if isinstance(value, Named) else self.json(value))

    def _places(self, text: str) -> list[tuple[int, int, str]]:
        """Where values stand, with their names."""
        found = []
        for layer in layers(text):
            searched = folded(layer.text)
            for form, name in self._names.items():
                at = searched.find(form)
                while at >= 0:
                    end = at + len(form)
                    found.append((layer.starts[at], layer.starts[end], name))
                    at = searched.find(form, end)
        return found


def _forms(value: str) -> Iterator[str]:
    """As it is, also where it looks like an escape itself; read as Latin-1; in hexadecimal; within any text in base64."""
    content = value.encode()
    for read in (value, content.decode("latin-1")):
        yield from (layer.text for layer in layers(read))
    yield content.hex()
    for before in range(3):
        # Of the letters at both ends some bits belong to what stands beside it.
        piece = base64.b64encode(bytes(before) + content + bytes(-(before + len(content)) % 3)).decode()
        inner = piece[-(-before * 8 // 6) : len(piece) - (-(-(-(before + len(content)) % 3) * 8 // 6))]
        yield inner
        yield inner.translate(_URL_SAFE)


_URL_SAFE = str.maketrans("+/", "-_")
