"""The mail server of a case: keeps every mail that it has taken, with the moment."""

from __future__ import annotations

import time
from dataclasses import dataclass
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller


@dataclass(frozen=True, slots=True)
class Letter:
    """`key` is its Message-ID, `at` when it came, by the clock of this machine."""

    key: str
    at: float
    to: str
    subject: str


class Postbox:
    """A server on a port of this machine."""

    def __init__(self, port: int) -> None:
        self.letters: list[Letter] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=port)
        self._controller.start()
        self.url = f"smtp://127.0.0.1:{port}"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        mail = message_from_bytes(envelope.content, policy=policy.default)
        self.letters.append(Letter(str(mail["Message-ID"]), time.time(), ",".join(envelope.rcpt_tos), str(mail["Subject"])))
        return "250 OK"

    def stop(self) -> None:
        self._controller.stop()
