"""form-js itself, run by V8: for forms that nothing else can judge, and as the referee of those that are judged in Python.

The same importer, conditions, FEEL and validator as in the browser; the script is built with the web assets. V8 takes 0.1 s to
start and a check about 2 ms; one context serves a process.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import orjson
from py_mini_racer import DEFAULT_V8_FLAGS, JSEvalException, JSOOMException, JSTimeoutException, MiniRacer, init_mini_racer

from engine.facts.errors import Problem
from engine.facts.sentences import Sentence, verbatim
from service.forms.judging.sentences import about
from service.forms.localisation import Language
from service.forms.refusals import FormCheckStopped, FormUnusable

SCRIPT = Path(__file__).parent / "form_server.js"

#: With keys, only threads that descend from the one that loaded V8 may touch its memory; the others crash the process.
V8_FLAGS = (*DEFAULT_V8_FLAGS, "--no-memory-protection-keys")

#: Ends endless loops and patterns that take exponential time.
SECONDS = 2.0
MEMORY = 256 * 1024**2  # bytes

#: V8 is one for the process, whoever starts it: two threads that load it at once would both be first.
_starting = threading.Lock()

Values = dict[str, Any]


class FormValidator:
    """One for a process, for all threads. V8 starts with the first check, so a server may fork before it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._context: MiniRacer | None = None
        self._process = 0
        atexit.register(self.close)

    @property
    def is_started(self) -> bool:
        return self._context is not None

    def validate(
        self,
        schema: Mapping[str, Any],
        data: Mapping[str, Any],
        *,
        known: Mapping[str, Any] | None = None,
        language: Language = "zh",
    ) -> tuple[Values, tuple[Problem, ...]]:
        """The values of the visible fields, and everything that is wrong with what was submitted.

        `known` are values that were shown but not submitted: conditions may read them. Names in `data` that no field has are
        problems; fields that a condition hides are left out of the values. Refuses with FormUnusable, FormCheckStopped.
        """
        answer = self._ask({"schema": schema, "data": data, "known": known or {}, "language": language})
        if "failure" in answer:
            raise FormUnusable(why=verbatim(answer["failure"]))
        return answer["data"], tuple(_problem(each) for each in answer["problems"])

    def close(self) -> None:
        """V8 has to be closed before the interpreter ends, or it may wait for ever."""
        with self._lock:
            self._end()

    def _ask(self, request: Mapping[str, Any]) -> dict[str, Any]:
        text = orjson.dumps(request).decode()
        with self._lock:
            try:
                answer = self._running().call("validateForm", text, timeout_sec=SECONDS, max_memory=MEMORY)
            except JSTimeoutException:
                raise FormCheckStopped(limit=Sentence("{count:g} s", count=SECONDS)) from None
            except JSOOMException:
                self._end()
                raise FormCheckStopped(limit=Sentence("{count} MB", count=MEMORY // 1024**2)) from None
            except JSEvalException as error:
                raise FormUnusable(why=_first_line(error)) from error
        parsed: dict[str, Any] = orjson.loads(answer)
        return parsed

    def _running(self) -> MiniRacer:
        """The context, started when it is first needed."""
        if self._context is None:
            with _starting:
                init_mini_racer(flags=V8_FLAGS, ignore_duplicate_init=True)
                self._context = MiniRacer()
            self._context.eval(SCRIPT.read_text())
            self._process = os.getpid()
        if self._process != os.getpid():
            raise RuntimeError("V8 does not survive a fork: start the processes of the server before the first form is checked.")
        return self._context

    def _end(self) -> None:
        """After a last turn: what was stopped may still have to report, and finds nobody once V8 is closed."""
        if self._context is not None and self._process == os.getpid():
            with suppress(JSEvalException):
                self._context.eval("0")
            self._context.close()
        self._context = None


def _problem(found: Mapping[str, Any]) -> Problem:
    where = place(found["path"])
    label = found["label"] or ""
    return Problem(rule=found["rule"], sentence=about(where, (label, label), verbatim(found["sentence"])), where=where)


def place(path: list[str | int]) -> str:
    """`["items", 0, "amount"]` as people write it: `items[0].amount`."""
    text = ""
    for step in path:
        text += f"[{step}]" if isinstance(step, int) else f".{step}"
    return text.removeprefix(".")


def _first_line(error: JSEvalException) -> Sentence:
    """V8's message without the stack and the source."""
    lines = [line for line in str(error).splitlines() if "Error" in line]
    said = (lines[-1] if lines else type(error).__name__).partition(": ")[2]
    return verbatim(said) if said else Sentence("it fails in form-js.")
