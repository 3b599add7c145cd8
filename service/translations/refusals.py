"""The sentences of refusals as wordings: where one was kept as a text, with its values filled in, it is still said in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import translation
from pathlib import Path

from engine.facts.errors import Refusal

_NAME = re.compile(r"\{(\w+)\}")


def wordings() -> Iterator[tuple[str, str]]:
    """English wording with `{}` for each value → Chinese with `{0}`, `{1}`, of every refusal that is known so far."""
    catalogue = translation("messages", Path(__file__).parent, ["zh"], fallback=True)
    for kind in _kinds(Refusal):
        template = " ".join((kind.__doc__ or "").split())
        chinese = catalogue.gettext(template)
        if chinese != template and _NAME.sub("", template).strip():
            yield _wording(template, chinese)


def _kinds(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    for each in kind.__subclasses__():
        yield each
        yield from _kinds(each)


def _wording(template: str, chinese: str) -> tuple[str, str]:
    names = _NAME.findall(template)
    return _NAME.sub("{}", template), _NAME.sub(lambda found: f"{{{names.index(found[1])}}}", chinese)
