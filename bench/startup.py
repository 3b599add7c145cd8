"""How long a start takes and what a web process keeps in memory.

    python -m bench.startup [--runs 5] [--database postgresql://user@host/empty_database]

Starts `liuzhuan serve` on a migrated database (SQLite in a folder of its own when none is named) and waits for /readyz; then
`liuzhuan demo` in the same way, the second time it is started. Prints medians: seconds until it is ready, the CPU seconds of
that, and the memory of the process that answers: what is resident, and its share of it, pages of several processes divided
among them. Linux only: it reads /proc.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PROGRAM = (sys.executable, "-c", "from service.cli import main; main()")
HOST, PORT = "127.0.0.1", 18477
TICKS = os.sysconf("SC_CLK_TCK")
#: Pages that are asked for before memory is read: what a process loads at its first requests counts too.
PAGES = ("/sign-in", "/api/openapi.json", "/healthz")


@dataclass(frozen=True)
class Start:
    """Seconds until ready, CPU seconds of all its processes, and MiB of the process that answers."""

    seconds: float
    cpu: float
    resident: float
    proportional: float


@contextmanager
def running(words: Sequence[str], environment: Mapping[str, str]) -> Iterator[Start]:
    """The command, from its start until it is ready; ended afterwards."""
    began = time.monotonic()
    process = subprocess.Popen([*PROGRAM, *words], env=dict(environment), stdout=subprocess.DEVNULL)
    try:
        _until_ready()
        seconds, cpu = time.monotonic() - began, sum(map(_cpu, _tree(process.pid)))
        for _ in range(20):
            for page in PAGES:
                _answers(page)
        answering = max(_tree(process.pid)[1:], key=lambda pid: _memory(pid, "Rss"))
        yield Start(seconds, cpu, _memory(answering, "Rss"), _memory(answering, "Pss"))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def _until_ready() -> None:
    until = time.monotonic() + 90
    while not _answers("/readyz"):
        if time.monotonic() > until:
            raise SystemExit("It was not ready within 90 seconds.")
        time.sleep(0.01)


def _answers(path: str) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{PORT}{path}", timeout=5) as answer:
            return bool(answer.status == 200 and answer.read())
    except OSError:
        return False


def _tree(pid: int) -> list[int]:
    """The process and everything it has started."""
    children = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return [pid, *(each for child in children for each in _tree(child))]


def _cpu(pid: int) -> float:
    """Of user and system, also that of children which have ended."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / TICKS


def _memory(pid: int, kind: str) -> float:
    """MiB; 0 of a process that has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except ProcessLookupError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{kind}:"))


def measure(name: str, runs: int, start: Callable[[], Start]) -> None:
    """Prints the line of one command."""
    starts = [start() for _ in range(runs)]
    seconds, cpu, resident, proportional = (
        statistics.median(getattr(each, kind) for each in starts) for kind in ("seconds", "cpu", "resident", "proportional")
    )
    print(
        f"{name:20} ready {seconds:5.2f} s   CPU {cpu:5.2f} s   resident {resident:4.0f} MiB   its share {proportional:4.0f} MiB"
    )


def main() -> None:
    """Reads the command line, prepares both databases, measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        plain = {name: value for name, value in os.environ.items() if not name.startswith("LIUZHUAN_")}
        environment = plain | {
            "LIUZHUAN_DATABASE_URL": given.database or f"sqlite:///{folder}/bench.db",
            "LIUZHUAN_SECRET_KEY": "for measuring only: 0123456789 abcdefghij",
            "LIUZHUAN_TICK_LATE_SECONDS": "0",
        }
        subprocess.run([*PROGRAM, "migrate"], env=environment, check=True, stdout=subprocess.DEVNULL)
        demo = ["demo", "--port", str(PORT), "--folder", f"{folder}/demo"]

        def started(words: Sequence[str], environment: Mapping[str, str]) -> Start:
            with running(words, environment) as start:
                return start

        measure("liuzhuan serve", given.runs, lambda: started(["serve", "--port", str(PORT)], environment))
        started(demo, plain)
        measure("liuzhuan demo again", given.runs, lambda: started(demo, plain))


if __name__ == "__main__":
    main()
