"""Reads XML that a stranger uploaded, or refuses it. Standard library, lxml and the sentences of engine.facts only.

The limits are counted by a parser that builds nothing; only a file within all of them becomes a tree. Nothing outside the file is
ever opened: no DOCTYPE, no entities, no external schema, no XInclude.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import etree

from engine.facts.errors import Invalid, Problem
from engine.facts.phrasebook import XML
from engine.facts.sentences import Sentence

MAX_BYTES = 5_000_000
MAX_ELEMENTS = 50_000
MAX_DEPTH = 64
MAX_ATTRIBUTES = 100
#: Characters in one text or one attribute value.
MAX_TEXT = 200_000

#: Encodings in which every reader sees the same file: those that ASCII is a part of, and the wide ones of Unicode. In others,
#: such as UTF-7, what looks like plain text may be markup.
ENCODINGS = frozenset(
    codecs.lookup(name).name
    for name in (
        *("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "ascii"),
        *(f"iso8859-{part}" for part in range(1, 17) if part != 12),
        *(f"cp{page}" for page in range(1250, 1259)),
        *("gb2312", "gbk", "gb18030", "big5", "euc-jp", "euc-kr", "shift_jis", "koi8-r", "koi8-u"),
    )
)

SPLIT = Sentence("Split the model into several files.")
FLATTEN = Sentence("Nest fewer elements into one another.")
SHORTEN = Sentence("Make it shorter.")


_UNDEFINED_PREFIX = "NS_ERR_UNDEFINED_NAMESPACE"
#: What the usual prefixes of models stand for.
NAMESPACES: Mapping[str, str] = {
    "liuzhuan": "urn:liuzhuan:bpmn:1",
    "bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "camunda": "http://camunda.org/schema/1.0/bpmn",
    "dc": "http://www.omg.org/spec/DD/20100524/DC",
    "di": "http://www.omg.org/spec/DD/20100524/DI",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "zeebe": "http://camunda.org/schema/zeebe/1.0",
}


class XmlRefused(Invalid):
    """The file cannot be read as XML: {why}."""


def parse(data: bytes) -> Any:
    """The root element of `data`, an `lxml.etree._Element` whose `sourceline` counts from 1; without comments and instructions.

    Raises XmlRefused with every problem found: too large, DOCTYPE, a limit passed, not well-formed.
    """
    if len(data) > MAX_BYTES:
        raise _refused(
            "xml-size",
            Sentence("The file has {count:,} bytes; at most {limit:,} are read.", count=len(data), limit=MAX_BYTES),
            SPLIT,
        )
    counting = _parser(_Limits())
    try:
        etree.fromstring(data, counting)
        root = etree.fromstring(data, _parser(None))
    except _LimitPassed as passed:
        raise _refused(*passed.args) from None
    except (etree.XMLSyntaxError, ValueError, LookupError) as fault:
        raise _malformed(counting, fault) from None
    _check_encoding(root.getroottree().docinfo.encoding or "utf-8")
    return root


def _check_encoding(name: str) -> None:
    try:
        is_read = codecs.lookup(name).name in ENCODINGS
    except LookupError:
        is_read = False
    if not is_read:
        said = Sentence("The file is written in the encoding {name}, which is not read.", name=name[:40])
        raise _refused("xml-encoding", said, Sentence("Save it as UTF-8."))


def _parser(target: _Limits | None) -> Any:
    return etree.XMLParser(
        target=target,  # type: ignore[arg-type]
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=False,
    )


class _LimitPassed(Exception):
    """Carries rule, sentence and fix of the refusal."""


class _Limits:
    """A parser target that counts and keeps nothing."""

    def __init__(self) -> None:
        self.elements = 0
        self.depth = 0
        self.text = 0

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        sentence = Sentence("The file has a DOCTYPE; documents that can define entities are not read.")
        raise _LimitPassed("xml-doctype", sentence, Sentence("Remove the <!DOCTYPE …> line."))

    def start(self, tag: str, attributes: Mapping[str, str], namespaces: Mapping[str, str]) -> None:
        self.elements += 1
        self.depth += 1
        self.text = 0
        name = _local(tag)
        if self.elements > MAX_ELEMENTS:
            raise _LimitPassed("xml-elements", Sentence("The file has more than {limit:,} elements.", limit=MAX_ELEMENTS), SPLIT)
        if self.depth > MAX_DEPTH:
            raise _LimitPassed(
                "xml-depth",
                Sentence("Element '{name}' is nested more than {limit} levels deep.", name=name, limit=MAX_DEPTH),
                FLATTEN,
            )
        if len(attributes) + len(namespaces) > MAX_ATTRIBUTES:
            raise _LimitPassed(
                "xml-attributes",
                Sentence("Element '{name}' has more than {limit} attributes.", name=name, limit=MAX_ATTRIBUTES),
                SHORTEN,
            )
        for attribute, value in attributes.items():
            self._limit_text(len(value), Sentence("Attribute '{name}'", name=_local(attribute)))

    def end(self, tag: str) -> None:
        self.depth -= 1
        self.text = 0

    def data(self, text: str) -> None:
        self.text += len(text)
        self._limit_text(self.text, Sentence("A text"))

    def close(self) -> None:
        """Asked for by lxml; there is nothing to hand over."""

    @staticmethod
    def _limit_text(length: int, what: Sentence) -> None:
        if length > MAX_TEXT:
            raise _LimitPassed(
                "xml-text", Sentence("{what} has more than {limit:,} characters.", what=what, limit=MAX_TEXT), SHORTEN
            )


def _local(name: str) -> str:
    return name.rpartition("}")[2][:60]


def _refused(rule: str, sentence: Sentence, fix: Sentence) -> XmlRefused:
    return XmlRefused(why=sentence, problems=(Problem(rule, sentence, fix=fix),))


def _malformed(parser: Any, fault: Exception) -> XmlRefused:
    """One problem for each fault the parser logged, with its line; the exception's own log is shared by the whole process."""
    problems = list(_logged(parser.error_log)) or [_syntax(str(fault), 0)]
    return XmlRefused(why=problems[0].sentence, problems=tuple(dict.fromkeys(problems)))


def _logged(log: Any) -> Iterator[Problem]:
    """A prefix that stands for nothing is told once, where it is first used."""
    told = set()
    for entry in log:
        if entry.type_name != _UNDEFINED_PREFIX:
            yield _syntax(entry.message, entry.line)
            continue
        prefix = entry.message.split()[2]  # Namespace prefix x for y on z is not defined
        if prefix not in told:
            told.add(prefix)
            yield _undefined_prefix(prefix, entry.line)


def _undefined_prefix(prefix: str, line: int) -> Problem:
    sentence = Sentence("The prefix {prefix} stands for nothing in this file.", prefix=prefix)
    fix = Sentence('Add xmlns:{prefix}="{namespace}" to the first element.', prefix=prefix, namespace=NAMESPACES.get(prefix, "…"))
    return Problem("xml-prefix", sentence, line=line, fix=fix)


def _syntax(message: str, line: int) -> Problem:
    sentence = Sentence("The file is not well-formed XML: {message}.", message=XML.said(message.strip()))
    return Problem("xml-syntax", sentence, line=line, fix=Sentence("Save the model again with its editor."))
