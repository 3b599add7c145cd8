"""The log: one line for each record, whatever strangers write into it."""

from __future__ import annotations

import json
import logging

import pytest

from service.log_lines import JsonLines


def line(message: str, **extra: object) -> str:
    record = logging.makeLogRecord({"name": "service.x", "levelname": "INFO", "msg": message, **extra})
    return JsonLines().format(record)


@pytest.mark.parametrize("trick", ["a\r\nb", "a\x1b[31mb", "a\x00b", "a\x7fb", "a\x9bb", "a\u2028b", "a\u202eb", "<img src=x>"])
def test_a_text_from_outside_stays_on_its_line(trick: str) -> None:
    written = line(trick, path=trick)
    assert "\n" not in written
    assert all(ord(letter) >= 32 and letter not in "\x7f\x9b\u2028\u202e" for letter in written)
    assert json.loads(written)["message"] == trick
    assert json.loads(written)["path"] == trick


ODD = ("\ud800", "a\udfff\0b", "题\ud83d", "\0")


@pytest.mark.parametrize("odd", ODD)
def test_a_line_is_written_whatever_a_text_holds(odd: str) -> None:
    try:
        raise ValueError(odd)
    except ValueError as error:
        fault = error
    more = {"text": odd, "inside": {odd: [odd]}, "refusal": fault, "number": 2**70, odd or "x": 1}
    written = line(f"it said {odd}", exc_info=(ValueError, fault, fault.__traceback__), **more)
    written.encode()
    parsed = json.loads(written)
    json.dumps(parsed, ensure_ascii=False).encode()
    assert parsed["message"].startswith("it said ")
    assert "ValueError" in parsed["stack"]
    assert {"text", "inside", "refusal", "number"} <= parsed.keys()


def test_a_stack_is_part_of_the_line() -> None:
    try:
        raise ValueError("boom\nsecond line")
    except ValueError as error:
        written = line("it failed", exc_info=(ValueError, error, error.__traceback__))
    assert "\n" not in written
    assert "boom" in json.loads(written)["stack"]


def test_a_line_names_moment_level_and_logger() -> None:
    parsed = json.loads(line("hello"))
    assert (parsed["level"], parsed["logger"]) == ("INFO", "service.x")
    assert parsed["at"].endswith("+00:00")
