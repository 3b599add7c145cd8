"""A cursor over the XML of a DMN file: local names, texts and places."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from engine.dmn.place import Place, Text
from engine.dmn.problems import Problems
from engine.dmn.reading.languages import NotFeel, feel_of
from engine.facts.sentences import Sentence

#: The namespaces of the models of DMN 1.1 to 1.5, by release.
RELEASES = {
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd": "1.1",
    "http://www.omg.org/spec/DMN/20180521/MODEL/": "1.2",
    "https://www.omg.org/spec/DMN/20191111/MODEL/": "1.3",
    "https://www.omg.org/spec/DMN/20211108/MODEL/": "1.4",
    "https://www.omg.org/spec/DMN/20230324/MODEL/": "1.5",
}


@dataclass(frozen=True)
class Source:
    """One element of the file. Children of other namespaces (vendor extensions, the diagram) are not seen."""

    xml: Any
    problems: Problems

    @property
    def tag(self) -> str:
        return str(self.xml.tag.rpartition("}")[2])

    @property
    def namespace(self) -> str:
        return str(self.xml.tag.rpartition("}")[0].lstrip("{"))

    @property
    def place(self) -> Place:
        return Place(_nearest_id(self.xml), self.xml.sourceline or 0)

    @property
    def text(self) -> str:
        return (self.xml.text or "").strip()

    def attribute(self, name: str) -> str:
        """Its value without outer blanks; empty when it is missing."""
        return str(self.xml.get(name, "")).strip()

    def children(self, *tags: str) -> list[Source]:
        """The children with one of `tags`, or all without any."""
        every = [Source(child, self.problems) for child in self.xml if isinstance(child.tag, str)]
        return [child for child in every if child.namespace == self.namespace and (not tags or child.tag in tags)]

    def child(self, *tags: str) -> Source | None:
        return next(iter(self.children(*tags)), None)

    def child_text(self, tag: str) -> str:
        """The text of its first child `tag`; empty when there is none."""
        child = self.child(tag)
        return child.text if child else ""

    def feel(self, tag: str) -> Text | None:
        """The `text` inside its child `tag`, None when there is none or it is blank."""
        child = self.child(tag)
        if child is None:
            return None
        text = child.feel_text
        return Text(text, child.place) if text else None

    @property
    def feel_text(self) -> str:
        """Its `text` in FEEL; empty, reported, when it is written in another language."""
        try:
            return feel_of(self.child_text("text"), self.attribute("expressionLanguage"))
        except NotFeel as fault:
            self.error("language-unsupported", fault.sentence, Sentence("Write the expression in FEEL."))
            return ""

    def error(self, rule: str, sentence: Sentence, fix: Sentence) -> None:
        self.problems.error(rule, sentence, self.place, fix)

    def warning(self, rule: str, sentence: Sentence, fix: Sentence) -> None:
        self.problems.warning(rule, sentence, self.place, fix)


def _nearest_id(xml: Any) -> str:
    """Its id, else that of the nearest element around it, else a name."""
    around = [xml, *xml.iterancestors()]
    named = (element.get("id") or element.get("name") for element in around)
    return next((name for name in named if name), "")
