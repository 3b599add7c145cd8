"""JavaScript, run by V8 in processes beside this one: see `isolate.py` for why, `javascript.js` for what a script sees.

A process is started when the first script needs it (0.15 s) and serves the following ones (a few milliseconds each). One that
passes a limit is ended and the next script gets another.
"""

from __future__ import annotations

import atexit
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any, cast

import orjson

from engine.facts.sentences import Sentence
from engine.scripts import ScriptFailed, ScriptResult

#: Computing time of one script, in seconds; a busy machine does not make it shorter.
SECONDS = 0.25

#: Seconds by the clock, however little the script computes: beyond what a busy machine makes of its computing time.
PATIENCE = 10.0

#: Bytes of a script's values, and of everything its process needs beside.
HEAP = 64 * 1024**2
MEMORY = 256 * 1024**2

#: Bytes of an answer.
MAX_ANSWER = 4_000_000

#: Processes of one service process; further scripts wait for one of them.
MAX_PROCESSES = 2

#: Characters of a script's own words in an incident.
_MAX_SENTENCE = 500

_STARTING = 30.0
_ISOLATE = Path(__file__).with_name("isolate.py")


class JavaScript:
    """One for a service process, for all its threads. Nothing is started before the first script, so a server may fork."""

    name = "javascript"
    formats = ("javascript", "ecmascript", "js")

    def __init__(self, *, seconds: float = SECONDS, patience: float = PATIENCE) -> None:
        self._seconds = seconds
        self._patience = patience
        self._begin()
        atexit.register(self.close)

    def _begin(self) -> None:
        self._process_id = os.getpid()
        self._places = threading.Semaphore(MAX_PROCESSES)
        self._idle: list[_Isolate] = []

    def run(self, source: str, variables: Mapping[str, Any], now: datetime, *, wants_value: bool) -> ScriptResult:
        request = {"source": source, "variables": dict(variables), "now": now.isoformat(), "wantsValue": wants_value}
        with self._isolate() as isolate:
            seconds, answer = isolate.ask(_as_line(request), self._patience)
        return _result(answer, seconds)

    def close(self) -> None:
        """Ends the idle processes; the others end with their script."""
        while self._idle:
            self._idle.pop().end()

    @contextmanager
    def _isolate(self) -> Iterator[_Isolate]:
        """One that nobody else has; it is kept for the next script unless it has passed a limit."""
        if self._process_id != os.getpid():
            self._begin()  # a fork: the processes are those of the parent
        with self._places:
            isolate = self._take()
            try:
                yield isolate
            except BaseException:
                isolate.end()
                raise
            self._idle.append(isolate)

    def _take(self) -> _Isolate:
        """An idle one that still lives, or a new one."""
        with suppress(IndexError):
            while True:
                isolate = self._idle.pop()
                if isolate.is_alive:
                    return isolate
                isolate.end()
        return _Isolate(self._seconds)


class _Isolate:
    """One process of `isolate.py`. It ends by itself when this one does, because its standard input ends."""

    def __init__(self, seconds: float) -> None:
        limits = [str(limit) for limit in (seconds, HEAP, MEMORY)]
        self._process = subprocess.Popen(  # noqa: S603 - our own file, with numbers
            [sys.executable, "-P", "-s", str(_ISOLATE), *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_environment(),
        )
        self._requests = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)
        if self._talk(b"", _STARTING) != b"\n":
            self.end()
            raise ScriptFailed(Sentence("the process for scripts could not be started; the package mini-racer may be missing"))

    @property
    def is_alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, request: bytes, patience: float) -> tuple[float, Any]:
        """The seconds it took, and the answer. ScriptFailed: the process did not survive the script and is of no use any more."""
        line = self._talk(request, patience)
        if not line.endswith(b"\n"):
            raise ScriptFailed(self._why(len(line)))
        seconds, _, text = line.partition(b" ")
        answer = json.loads(text)
        if answer == {"stopped": "memory"}:
            raise ScriptFailed(_too_much_memory())
        return float(seconds), answer

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        for pipe in (self._requests, self._answers):
            with suppress(OSError):
                pipe.close()

    def _talk(self, request: bytes, patience: float) -> bytes:
        """Writes a line and reads one; a shorter answer when the process has ended meanwhile."""
        impatient = threading.Timer(patience, self._process.kill)
        impatient.start()
        try:
            with suppress(BrokenPipeError):
                self._requests.write(request)
                self._requests.flush()
            return self._answers.readline(MAX_ANSWER)
        finally:
            impatient.cancel()

    def _why(self, answered: int) -> Sentence:
        if answered >= MAX_ANSWER:
            return Sentence("the script's variables have more than {limit} MB", limit=MAX_ANSWER // 1_000_000)
        if self._process.wait() in (-signal.SIGPROF, -signal.SIGKILL):
            return Sentence(
                "the script did not end within {seconds:g} s of computing, {patience:g} s by the clock",
                seconds=SECONDS,
                patience=PATIENCE,
            )
        return _too_much_memory()


def _too_much_memory() -> Sentence:
    return Sentence(
        "the script was stopped: it needed more than {limit} MB of memory, or broke its process", limit=HEAP // 1024**2
    )


def _result(answer: Any, seconds: float) -> ScriptResult:
    """A script can make its own report whatever it likes; so it is read like anything else from outside."""
    match answer:
        case {"failure": str(why)}:
            raise ScriptFailed(Sentence("the script failed: {why}", why=why[:_MAX_SENTENCE]))
        case {"value": value, "variables": list(pairs)} if all(_is_variable(pair) for pair in pairs):
            return ScriptResult(value, dict(pairs), seconds)
    raise ScriptFailed(
        Sentence("the script failed: it has changed JavaScript's own objects, so that its variables cannot be read")
    )


def _is_variable(pair: Any) -> bool:
    return isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str)


def _as_line(request: Mapping[str, Any]) -> bytes:
    try:
        return orjson.dumps(request, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:  # whole numbers beyond 64 bits, very deep values
        return json.dumps(request).encode() + b"\n"


def _environment() -> dict[str, str]:
    """Nothing of the service's own but the time zone; where the libraries are, wherever they were installed."""
    found = find_spec("py_mini_racer")
    place = {"PYTHONPATH": str(Path(found.origin).parent.parent)} if found and found.origin else {}
    return {**place, **({"TZ": os.environ["TZ"]} if "TZ" in os.environ else {})}
