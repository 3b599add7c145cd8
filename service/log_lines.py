"""The log: one JSON object a line, so that no text from outside can forge a second one. Control characters are escaped."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

import orjson

from engine.store import fault_texts

#: What a record has by itself; everything else was given as `extra`.
_OWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
#: JSON escapes C0 only; DEL, C1 and the bidirectional marks can still play tricks with a terminal.
_TRICKS = re.compile("[\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]")
_LONGEST = 10_000


class JsonLines(logging.Formatter):
    """`{"at": …, "level": …, "logger": …, "message": …, more, "stack": …}`"""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": _message(record)[:_LONGEST],
        }
        line.update((name, value) for name, value in vars(record).items() if name not in _OWN)
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        written = _json(line)
        return _TRICKS.sub(lambda found: f"\\u{ord(found.group()):04x}", written)

    def formatException(self, ei: Any) -> str:  # noqa: N802
        return fault_texts.stack(ei[1]) if ei[1] is not None else ""


def _json(line: dict[str, Any]) -> str:
    """Halves of characters, and whole numbers beyond 64 bits, are written the slower way; a line is never lost for a value."""
    try:
        return orjson.dumps(line, default=_text, option=orjson.OPT_NON_STR_KEYS).decode(errors="replace")
    except TypeError:
        texts = {str(name): each if isinstance(each, int | float) else _text(each) for name, each in line.items()}
        return json.dumps(texts, ensure_ascii=False).encode(errors="replace").decode()


def _message(record: logging.LogRecord) -> str:
    """With what its exceptions may say."""
    if isinstance(record.args, tuple):
        record.args = tuple(fault_texts.said(each) if isinstance(each, BaseException) else each for each in record.args)
    return fault_texts.said(record.msg) if isinstance(record.msg, BaseException) else record.getMessage()


def _text(value: Any) -> str:
    return fault_texts.said(value) if isinstance(value, BaseException) else str(value)


def write_json_lines(level: str) -> None:
    """Everything that is logged goes to standard error; called once, by the command line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    sys.excepthook = _log_uncaught
    threading.excepthook = lambda uncaught: _log_uncaught(uncaught.exc_type, uncaught.exc_value, uncaught.exc_traceback)
    # On INFO they tell statements, on DEBUG the rows that are read: what people have entered.
    for name in ("sqlalchemy", "psycopg"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # It would tell of every tick, and of those that were skipped because the one before was still at work.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)


def _log_uncaught(kind: type[BaseException], fault: BaseException | None, trace: TracebackType | None) -> None:
    """What nothing has caught ends a process or a thread; the interpreter would write it as it is."""
    if fault is None or issubclass(kind, KeyboardInterrupt | SystemExit):
        return
    logging.getLogger(__name__).critical("nothing has caught this", exc_info=(kind, fault, trace))
