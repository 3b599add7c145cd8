"""What libraries say as mere texts, found again as sentences with their values, so that it is said in the reader's language."""

from __future__ import annotations

import re
from string import Formatter
from typing import Final

from engine.facts.sentences import Sentence, filled


class Phrasebook:
    """Templates as a library fills them in; what none of them fits is quoted as the library's own words."""

    def __init__(self, *templates: str) -> None:
        self.templates: Final = templates
        self._patterns: Final = [(re.compile(_pattern(each), re.DOTALL), each) for each in templates]

    def find(self, text: str) -> Sentence | None:
        for pattern, template in self._patterns:
            if fits := pattern.fullmatch(text):
                return filled(template, fits.groupdict())
        return None

    def said(self, text: str) -> Sentence:
        return self.find(text) or Sentence("the parser reports “{text}”", text=text)


def _pattern(template: str) -> str:
    parts = Formatter().parse(template)
    return "".join(re.escape(words) + (f"(?P<{name}>.*)" if name else "") for words, name, _, _ in parts)


#: orjson, reading and writing JSON.
JSON: Final = Phrasebook(
    "unexpected end of data",
    "unexpected content after document",
    "unexpected control character in string",
    "unexpected character, expected a JSON value",
    "unexpected character, expected a string key",
    "unexpected character, expected ':' after key",
    "unexpected character, expected ',' or '}}'",
    "unexpected character, expected ',' or ']'",
    "trailing comma is not allowed",
    "number with leading zero is not allowed",
    "number is infinity when parsed as double",
    "invalid literal, expected '{word}'",
    "invalid escaped sequence in string",
    "depth limit exceeded",
    "Recursion limit reached",
    "Input is a zero-length, empty document",
    "str is not valid UTF-8: surrogates not allowed",
    "no low surrogate in string",
    "Integer exceeds 64-bit range",
    "Dict key must be str",
    "Type is not JSON serializable: {type}",
)

#: libxml2, reading XML.
XML: Final = Phrasebook(
    "Document is empty",
    "Start tag expected, '<' not found",
    "Opening and ending tag mismatch: {opened} line {line} and {closed}",
    "Premature end of data in tag {tag} line {line}",
    "Couldn't find end of Start Tag {tag} line {line}",
    "Namespace prefix {prefix} for {attribute} on {tag} is not defined",
    "Namespace prefix {prefix} on {tag} is not defined",
    "Attribute {attribute} redefined",
    "Specification mandates value for attribute {attribute}",
    "AttValue: \" or ' expected",
    "AttValue: ' expected",
    "attributes construct error",
    "error parsing attribute name",
    "Unescaped '<' not allowed in attributes values",
    "Entity '{name}' not defined",
    "EntityRef: expecting ';'",
    "xmlParseEntityRef: no name",
    "Extra content at the end of the document",
    "StartTag: invalid element name",
    "PCDATA invalid Char value {number}",
    "Invalid bytes in character encoding",
    "Unsupported encoding: {name}",
    "XML declaration allowed only at the start of the document",
    "Comment not terminated",
)
