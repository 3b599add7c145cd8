"""The file of a SQLite database: made for its owner alone, opened only where it is, and missed at once when it is gone.

SQLite goes on writing to a file that has been deleted or replaced, and all of that is lost; where there is none, it makes an
empty one. Its side files (-wal, -shm) get the permissions of the file.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import quote

from engine.facts.errors import Unavailable

#: Tells one file from another one under the same name.
Place: TypeAlias = tuple[int, int]


class DatabaseGone(Unavailable):
    """The file of the database is not there. Put it back, or restore a backup; a new database is made by `liuzhuan migrate`."""


class SqliteFile:
    """By its path. Nothing is opened before it is asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def make(self) -> None:
        """An empty one, where there is none, that nobody else may read: it holds what everybody has written."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        except FileExistsError:
            return

    def place(self) -> Place:
        """Raises DatabaseGone."""
        try:
            found = os.stat(self.path)
        except OSError as fault:
            raise DatabaseGone from fault
        return found.st_dev, found.st_ino

    @property
    def is_writable(self) -> bool:
        """The side files of a transaction lie beside it."""
        return os.access(self.path, os.R_OK | os.W_OK) and os.access(self.path.parent, os.W_OK | os.X_OK)

    def open(self, **options: Any) -> sqlite3.Connection:
        """Never makes a file."""
        opened: sqlite3.Connection = sqlite3.connect(f"file:{quote(str(self.path))}?mode=rw", uri=True, **options)
        return opened
