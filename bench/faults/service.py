"""Web processes and workers as they run in production, each started again when it has died."""

from __future__ import annotations

import contextlib
import http.client
import os
import random
import secrets
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-c", "from service.cli import main; main()")

#: Before the words of each process of the service, such as `nice -n 5`. PostgreSQL always keeps its priority.
prefix: list[str] = []


@dataclass
class Service:
    """All processes of one installation, which share the settings."""

    folder: Path
    settings: dict[str, str]
    #: The checkout whose code runs.
    root: Path = ROOT
    running: list[Process] = field(default_factory=list)

    def __post_init__(self) -> None:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LIUZHUAN_")}
        fixed = {"PYTHONPATH": str(self.root), "LIUZHUAN_SECRET_KEY": secrets.token_urlsafe(48), "LIUZHUAN_LOG_LEVEL": "WARNING"}
        self.environment = inherited | fixed | self.settings

    def command(self, *words: str) -> str:
        """Runs one command to its end; what it printed."""
        done = subprocess.run([*PROGRAM, *words], env=self.environment, cwd=self.folder, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(f"liuzhuan {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def start(self, *words: str) -> Process:
        process = Process(words, self.environment, self.folder)
        self.running.append(process)
        return process

    def serve(self, port: int, *words: str) -> Process:
        process = self.start("serve", "--port", str(port), *words)
        wait_for(port, "/healthz")
        return process

    def stop(self) -> None:
        for process in self.running:
            process.stop()


class Process:
    """One command that is kept running. It leads a group, so that nothing of it survives."""

    def __init__(self, words: tuple[str, ...], environment: dict[str, str], folder: Path) -> None:
        self.words, self._environment, self._folder = words, environment, folder
        self._is_wanted = True
        self._process = self._begun()
        self.deaths = 0
        threading.Thread(target=self._keep, daemon=True).start()

    def pids(self) -> list[int]:
        """Of the command and what it has started."""
        return [self._process.pid, *children(self._process.pid)]

    def kill_one(self) -> None:
        """-9 for one of its processes. What remains of it is swept away when its first process is dead."""
        with_work = [pid for pid in self.pids() if not _is_tracker(pid)]
        if with_work:
            _signal(random.choice(with_work), signal.SIGKILL)

    def kill(self) -> None:
        _signal_group(self._process.pid, signal.SIGKILL)

    def stop(self) -> None:
        self._is_wanted = False
        self._process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(30)
        _signal_group(self._process.pid, signal.SIGKILL)

    def _begun(self) -> subprocess.Popen[bytes]:
        with (self._folder / f"{self.words[0]}.log").open("ab") as log:
            return subprocess.Popen(
                [*prefix, *PROGRAM, *self.words],
                env=self._environment,
                cwd=self._folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )

    def _keep(self) -> None:
        """As systemd does: when the first process dies, the rest of the group goes and everything starts again."""
        while True:
            self._process.wait()
            _signal_group(self._process.pid, signal.SIGKILL)
            if not self._is_wanted:
                return
            self.deaths += 1
            self._process = self._begun()


def children(pid: int) -> list[int]:
    try:
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []


def resident(pid: int) -> int:
    """Bytes in memory of a process and its children."""
    total = 0
    for each in (pid, *children(pid)):
        try:
            total += int(Path(f"/proc/{each}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        except OSError:
            continue
    return total


def wait_for(port: int, path: str, seconds: float = 180) -> float:
    """Until the service answers 200 there; how long that took."""
    began = time.monotonic()
    while time.monotonic() - began < seconds:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            if connection.getresponse().status == 200:
                return time.monotonic() - began
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.05)
    raise SystemExit(f"Nothing answered on port {port} within {seconds} seconds.")


def _is_tracker(pid: int) -> bool:
    """Python's own helper for shared memory does no work of ours."""
    try:
        return b"resource_tracker" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return True


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)


def _signal_group(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(pid, number)
