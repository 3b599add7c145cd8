"""The reader of uploaded XML: its limits are met exactly, and nothing outside the file is touched."""

from __future__ import annotations

import pytest

from engine.facts.safe_xml import MAX_ATTRIBUTES, MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, MAX_TEXT, XmlRefused, parse

WITHIN = {
    "xml-depth": b"<a>" * MAX_DEPTH + b"</a>" * MAX_DEPTH,
    "xml-elements": b"<a>" + b"<b/>" * (MAX_ELEMENTS - 1) + b"</a>",
    "xml-text": b"<a>" + b"x" * MAX_TEXT + b"</a>",
    "xml-attributes": b"<a " + b" ".join(b'x%d=""' % number for number in range(MAX_ATTRIBUTES)) + b"/>",
}
BEYOND = {
    "xml-depth": b"<a>" * (MAX_DEPTH + 1) + b"</a>" * (MAX_DEPTH + 1),
    "xml-elements": b"<a>" + b"<b/>" * MAX_ELEMENTS + b"</a>",
    "xml-text": b"<a>" + b"x" * MAX_TEXT + b"x</a>",
    "xml-attributes": b"<a y='' " + b" ".join(b'x%d=""' % number for number in range(MAX_ATTRIBUTES)) + b"/>",
    "xml-size": b"<a>" + b" " * MAX_BYTES + b"</a>",
}


def rule(data: bytes) -> str:
    with pytest.raises(XmlRefused) as refused:
        parse(data)
    return refused.value.problems[0].rule


@pytest.mark.parametrize("limit", WITHIN)
def test_a_file_at_a_limit_is_read(limit: str) -> None:
    assert parse(WITHIN[limit]).tag == "a"


@pytest.mark.parametrize("limit", BEYOND)
def test_a_file_beyond_a_limit_is_refused(limit: str) -> None:
    assert rule(BEYOND[limit]) == limit


def test_a_text_in_pieces_is_counted_as_one() -> None:
    half = b"x" * (MAX_TEXT // 2 + 1)
    assert rule(b"<a>" + half + b"<![CDATA[" + half + b"]]></a>") == "xml-text"
    assert rule(b"<a>" + half + b"<!-- -->" + half + b"</a>") == "xml-text"
    assert rule(b'<a x="' + b"x" * (MAX_TEXT + 1) + b'"/>') == "xml-text"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    assert rule("<!DOCTYPE a><a/>".encode(encoding)) == "xml-doctype"


@pytest.mark.parametrize("encoding", ["utf-7", "UTF-7", "iso-2022-jp", "hz-gb-2312", "cp037", "cp500", "unicode-1-1-utf-7"])
def test_a_file_whose_text_may_be_markup_to_others_is_refused(encoding: str) -> None:
    """UTF-7 writes `<` as `+ADw-`: what a checker sees as text is an element to the reader."""
    plain = f'<?xml version="1.0" encoding="{encoding}"?><a>+ADw-b/+AD4-</a>'
    assert rule(plain.encode()) in ("xml-encoding", "xml-syntax")


@pytest.mark.parametrize("encoding", ["UTF-8", "utf-16", "gbk", "GB18030", "big5", "windows-1252", "iso-8859-15", "us-ascii"])
def test_files_of_usual_encodings_are_read(encoding: str) -> None:
    text = "a" if encoding.lower() in ("windows-1252", "iso-8859-15", "us-ascii") else "流"
    assert parse(f'<?xml version="1.0" encoding="{encoding}"?><a>{text}</a>'.encode(encoding)).text == text


def test_comments_and_instructions_are_left_out() -> None:
    root = parse(b"<a><!-- note --><?run me?><b/></a>")
    assert [child.tag for child in root] == ["b"]


def test_lines_are_known_far_down_the_file() -> None:
    assert parse(b"<a>" + b"\n" * 70_000 + b"<b/></a>")[0].sourceline == 70_001


def test_a_fault_is_told_with_its_line_and_only_once() -> None:
    with pytest.raises(XmlRefused):
        parse(b"<other")
    with pytest.raises(XmlRefused) as refused:
        parse(b"<a>\n<b></a>")
    (problem,) = refused.value.problems
    assert (problem.rule, problem.line) == ("xml-syntax", 2)
    assert "b" in str(problem.sentence)


@pytest.mark.parametrize("data", [b"", b" ", b"\x00\x01", b"plain", b"<?xml version='1.0' encoding='nonsense'?><a/>"])
def test_what_is_no_xml_is_refused(data: bytes) -> None:
    assert rule(data) == "xml-syntax"


def test_a_refusal_is_a_sentence() -> None:
    with pytest.raises(XmlRefused) as refused:
        parse(b"<!DOCTYPE a><a/>")
    assert str(refused.value) == f"The file cannot be read as XML: {refused.value.problems[0].sentence}"
    assert refused.value.code == "xml_refused"
