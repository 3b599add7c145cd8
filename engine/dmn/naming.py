"""The names of a file that FEEL has to know to read its texts: `Pre-bureau risk` is a name or a subtraction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from engine.dmn.definitions import Definitions
from engine.dmn.graph import Graph
from engine.dmn.parts import parts
from engine.dmn.place import NOWHERE
from engine.dmn.problems import Problems
from engine.facts.sentences import Sentence
from engine.feel.known_names import needs_knowing

WORD = re.compile(r"\w+")
#: Names that begin with the same word; each of them costs time for every text with that word.
MAX_ALIKE = 200


def names_of(definitions: Definitions, graph: Graph) -> frozenset[str]:
    """Every name the file gives to an element, variable, component, entry, column or output, and those of its imports."""
    names = {getattr(part, "name", "") for part in parts(definitions)}
    names |= {part.variable for part in parts(definitions) if isinstance(getattr(part, "variable", None), str)}
    for path, model in graph.imported_models():
        names |= {*path, *model.names}
    return frozenset(name for name in names if name)


class Spelling:
    """The tricky ones among the names, by their first word."""

    def __init__(self, names: Iterable[str], problems: Problems) -> None:
        self._by_word: dict[str, list[str]] = {}
        for name in sorted(filter(needs_knowing, names)):
            self._by_word.setdefault(_first_word(name), []).append(name)
        for word, alike in self._by_word.items():
            if len(alike) > MAX_ALIKE:
                sentence = Sentence(
                    "{count} names with symbols in them begin with '{word}'; only {limit} can be told apart.",
                    count=len(alike),
                    word=word,
                    limit=MAX_ALIKE,
                )
                problems.error("names-alike", sentence, NOWHERE, Sentence("Give them names without operators and keywords."))
                del alike[MAX_ALIKE:]

    def names_in(self, text: str) -> frozenset[str]:
        """The tricky names that the text may spell."""
        known: Mapping[str, list[str]] = self._by_word
        return frozenset(name for word in {*WORD.findall(text), ""} for name in known.get(word, ()))


def _first_word(name: str) -> str:
    found = WORD.search(name)
    return found.group() if found else ""
