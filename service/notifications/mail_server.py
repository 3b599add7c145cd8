"""An SMTP server, asked within one limit of time. That of smtplib is for each read, which a byte now and then never reaches."""

from __future__ import annotations

import io
import smtplib
import socket
import ssl

from engine.connectors.addresses import EVERYWHERE, connect
from engine.connectors.deadline import Deadline, TimedReader, send_all
from engine.facts.sentences import Sentence, Spoken

#: Bytes of all answers over one connection. smtplib keeps lines for as long as they come.
MOST_SAID = 1_000_000


class PasswordNotSent(Spoken):
    """A password is only sent over TLS."""


class MailServer(smtplib.SMTP):
    """Connected when it is made. Raises ConnectorFailed, OSError and what smtplib raises; it is closed then."""

    def __init__(self, host: str, port: int, deadline: Deadline, *, is_tls: bool) -> None:
        self._deadline = deadline
        self._context = ssl.create_default_context()
        self._is_tls = is_tls
        self._name = host
        # Without a name smtplib would ask the network for that of this machine, for as long as it takes.
        super().__init__(host, port, local_hostname=socket.gethostname())
        if self.sock is not None and "." not in self.local_hostname:
            self.local_hostname = _as_domain(self.sock)

    def introduce(self, user: str, password: str) -> None:
        """TLS where the server has it, and who we are. Raises PasswordNotSent."""
        if not self._is_tls:
            self.ehlo()
            if self.has_extn("starttls"):
                self.starttls(context=self._context)
            elif user:
                raise PasswordNotSent(
                    Sentence("The mail server {host} offers no TLS, so the password is not sent.", host=self._name)
                )
        if user:
            self.login(user, password)

    def _get_socket(self, host: str, port: int, timeout: object) -> socket.socket:
        plain = connect(host, port, self._deadline, EVERYWHERE)
        if not self._is_tls:
            return plain
        try:
            plain.settimeout(self._deadline.left())
            return self._context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    def getreply(self) -> tuple[int, bytes]:
        if self.sock is not None and self.file is None:
            self.file = io.BufferedReader(TimedReader(self.sock, self._deadline, MOST_SAID))
        reply = super().getreply()
        try:
            if self.sock is not None:
                self.sock.settimeout(self._deadline.left())  # for a TLS that begins now
        except TimeoutError:
            self.close()
            raise
        return reply

    def send(self, s: bytes | str) -> None:  # type: ignore[override]
        if self.sock is None:
            return super().send(s)  # which says so
        try:
            send_all(self.sock, s.encode(self.command_encoding) if isinstance(s, str) else s, self._deadline)
        except OSError:
            self.close()
            raise


def _as_domain(connection: socket.socket) -> str:
    """The own address, as RFC 5321 writes it where a machine has no full name."""
    address = str(connection.getsockname()[0]).partition("%")[0]
    return f"[IPv6:{address}]" if ":" in address else f"[{address}]"
