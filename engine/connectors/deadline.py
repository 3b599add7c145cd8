"""One limit of time for all that is done over a connection: finding, connecting, sending and reading, however slowly it comes."""

from __future__ import annotations

import errno
import io
import os
import socket
import sys
import time
from typing import Any


class Deadline:
    """So many seconds from now, by a clock that nobody sets."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begin_anew()

    def begin_anew(self) -> None:
        """For the next thing that is done over the same connection."""
        self._until = time.monotonic() + self.seconds

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._until

    def left(self) -> float:
        """Seconds that are left. Raises TimeoutError when none are."""
        left = self._until - time.monotonic()
        if left <= 0:
            raise late()
        return left


def late() -> TimeoutError:
    """As the operating system says it."""
    return TimeoutError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT))


def send_all(connection: socket.socket, content: Any, deadline: Deadline) -> None:
    """Bytes, also those of an array. Over TLS the time-out of `sendall` is for each record: who reads one now and then would
    never reach it."""
    left = memoryview(content).cast("B")
    while left:
        connection.settimeout(deadline.left())
        left = left[connection.send(left) :]


class TimedReader(io.RawIOBase):
    """What comes over a socket. Its own time-out is for each read: who sends a byte now and then would never reach it.

    More than `most` bytes raise OSError."""

    def __init__(self, connection: socket.socket, deadline: Deadline, most: int = sys.maxsize) -> None:
        self._connection = connection
        self._left = most
        self._deadline = deadline
        self._raw = connection.makefile("rb", buffering=0)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._connection.settimeout(self._deadline.left())
        count = self._raw.readinto(buffer)
        self._left -= count or 0
        if self._left < 0:
            raise OSError(errno.EMSGSIZE, os.strerror(errno.EMSGSIZE))
        return count

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class TimedSocket:
    """What http.client asks of a socket."""

    def __init__(self, connection: socket.socket, deadline: Deadline) -> None:
        self._connection = connection
        self._deadline = deadline

    def sendall(self, content: Any) -> None:
        send_all(self._connection, content, self._deadline)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(TimedReader(self._connection, self._deadline))

    def close(self) -> None:
        self._connection.close()
