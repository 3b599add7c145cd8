"""The log: one JSON object a line, so that no text from outside can forge a second one. Control characters are escaped."""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any

import orjson

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
            "message": record.getMessage()[:_LONGEST],
        }
        line.update((name, value) for name, value in vars(record).items() if name not in _OWN)
        if record.exc_info:
            line["stack"] = self.formatException(record.exc_info)
        written = orjson.dumps(line, default=str, option=orjson.OPT_NON_STR_KEYS).decode(errors="replace")
        return _TRICKS.sub(lambda found: f"\\u{ord(found.group()):04x}", written)


def write_json_lines(level: str) -> None:
    """Everything that is logged goes to standard error; called once, by the command line."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=level, handlers=[handler], force=True)
    logging.captureWarnings(True)
    # It would tell of every tick, and of those that were skipped because the one before was still at work.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
