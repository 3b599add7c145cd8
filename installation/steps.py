"""One step of the set-up: skipped when its inputs are those of the last time, shown in one line with the time it took."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class StepFailed(Exception):
    """A command of the set-up failed; the message says which, and what it printed."""


@dataclass(frozen=True, slots=True)
class Step:
    """What to do, and how to see that it is done already.

    `inputs` is a digest of everything the result depends on; it is written to `stamp` after the step.
    The step is done when the stamp says the same and every path of `outputs` is there.
    """

    title: str
    act: Callable[[], None]
    inputs: str
    stamp: Path
    outputs: tuple[Path, ...] = ()

    def is_done(self) -> bool:
        return all(path.exists() for path in self.outputs) and self.stamp.is_file() and self.stamp.read_text() == self.inputs

    def run(self) -> None:
        self.act()
        self.stamp.parent.mkdir(parents=True, exist_ok=True)
        self.stamp.write_text(self.inputs)


def digest(*texts: str, files: Iterable[Path] = ()) -> str:
    """The same texts and the same contents under the same names give the same digest."""
    result = hashlib.sha256("\0".join(texts).encode())
    for path in sorted(files):
        result.update(f"\0{path.name}\0".encode())
        result.update(path.read_bytes())
    return result.hexdigest()


def perform(steps: Sequence[Step]) -> None:
    """Run the steps that are not done, in order. A done step prints nothing."""
    for step in steps:
        if not step.is_done():
            with_time(step.title, step.run)


def with_time(title: str, act: Callable[[], None]) -> None:
    """Print the title, act, print the seconds behind it."""
    started = time.monotonic()
    print(f"{title} ...", end="", flush=True)
    try:
        act()
    except BaseException:
        print(flush=True)
        raise
    print(f" {time.monotonic() - started:.1f} s", flush=True)


def run(command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> str:
    """What the command prints; StepFailed with its output when it fails."""
    words = [str(word) for word in command]
    finished = subprocess.run(
        words,
        cwd=folder,
        env={**os.environ, **(environment or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if finished.returncode:
        raise StepFailed(f"{' '.join(words)}\nended with code {finished.returncode} and said:\n{finished.stdout.strip()}")
    return finished.stdout


def complain(sentence: str) -> int:
    """Print to the error output; the exit code of a command that could not do its work."""
    print(sentence, file=sys.stderr)
    return 1
