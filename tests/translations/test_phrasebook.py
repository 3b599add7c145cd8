"""What a library says of a file or a request is said in Chinese as well; what we do not know is quoted as its own words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from lxml import etree
from marshmallow import ValidationError, fields

from engine.facts.phrasebook import JSON, XML
from engine.facts.sentences import Sentence
from service.api.broken_rules import broken
from service.api.schemas.directions import Incoming
from service.translations.sentences import said
from tests.api.test_unknown_fields import incoming

CHINESE = re.compile("[\u4e00-\u9fff]")
#: What a field says of a value that it writes, and fields that a request has none of.
OF_WRITING = {"format", "special"}
#: Each is wrong for some validator.
WRONG = ("", "\0" * 20_000, -1, 2**80, [0] * 1000)

BROKEN_JSON = (
    *("", "{", '{"a":1,}', "[1,]", "{a:1}", "[1 2]", '{"a" 1}', '{"a":1 "b":2}', "{} x", '"\\x"', '"a\nb"', "tru", "01", "[}"),
    *("nan", '"\\ud800"', "[" * 2000, b"\xff", "1e999", "{1:2}"),
)
UNWRITABLE = (2**70, {1: 2}, object(), {1, 2}, "\ud800")
BROKEN_XML = (
    *("", "x", "<a>", "<a><b></a>", "<a:b/>", '<a x:y="1"/>', '<a x="1" x="2"/>', "<a x=1/>", "<a>&foo;</a>", "<a/><b/>"),
    *("<a/>x", '<a x="<"/>', "<a b/>", "<a>&</a>", "<a>\x01</a>", "<a", '<a x="1>', "</a>", ' <?xml version="1.0"?><a/>'),
    *("<a>&lt</a>", "<!-- ", '<?xml version="1.0" encoding="nonsense"?><a/>', "<a/"),
)


@pytest.mark.parametrize("text", BROKEN_JSON)
def test_what_is_wrong_with_json_is_said_in_chinese(text: str | bytes) -> None:
    with pytest.raises(orjson.JSONDecodeError) as fault:
        orjson.loads(text)
    _is_said(JSON.find(fault.value.msg), fault.value.msg)


@pytest.mark.parametrize("value", UNWRITABLE, ids=[type(each).__name__ for each in UNWRITABLE])
def test_what_cannot_be_json_is_said_in_chinese(value: object) -> None:
    with pytest.raises(TypeError) as fault:
        orjson.dumps(value)
    _is_said(JSON.find(str(fault.value)), str(fault.value))


@pytest.mark.parametrize("text", BROKEN_XML)
def test_what_is_wrong_with_xml_is_said_in_chinese(text: str) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(text.encode(), parser)
    assert len(parser.error_log)
    for entry in parser.error_log:
        _is_said(XML.find(entry.message.strip()), entry.message.strip())


def test_what_is_not_known_is_quoted() -> None:
    sentence = XML.said("PI {x} never end ...")
    assert str(sentence) == "the parser reports “PI {x} never end ...”"
    assert said(sentence, "zh") == "解析器报告“PI {x} never end ...”"


def _is_said(sentence: Sentence | None, text: str) -> None:
    assert sentence is not None and str(sentence) == text
    assert CHINESE.search(said(sentence, "zh"))


def _fields(field: fields.Field[Any]) -> Iterator[fields.Field[Any]]:
    """It and all below it."""
    yield field
    if isinstance(field, fields.List):
        yield from _fields(field.inner)
    if isinstance(field, fields.Nested):
        for each in field.schema.fields.values():
            yield from _fields(each)


def _texts(field: fields.Field[Any]) -> Iterator[str]:
    """All that the field and its validators can say."""
    for key, text in field.error_messages.items():
        if key not in OF_WRITING:
            yield str(text).format(obj_type="datetime", awareness="aware")
    for check in field.validators:
        for value in WRONG:
            try:
                check(value)
            except (ValidationError, TypeError) as fault:
                yield from fault.messages if isinstance(fault, ValidationError) else ()


@pytest.mark.parametrize("schema", list(incoming()), ids=lambda schema: schema.__name__)
def test_what_is_wrong_with_a_request_is_said_in_chinese(schema: type[Incoming]) -> None:
    texts = {text for field in schema().load_fields.values() for each in _fields(field) for text in _texts(each)}
    for text in texts | set(schema().error_messages.values()):
        rule, sentence = broken(text)
        assert rule
        _is_said(sentence, text)
