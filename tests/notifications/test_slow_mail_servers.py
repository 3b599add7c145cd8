"""Mail servers that send a byte now and then, read nothing, or never end: each mail has one limit of time."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.message import EmailMessage
from itertools import cycle
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from service.background.send_mails import BATCH, LEASE
from service.commands.serving import free_port
from service.notifications import mail
from service.notifications.mail import MailRefused, MailServerAway, Postbox
from service.notifications.mail_server import MOST_SAID

#: Seconds between two bytes, and for a mail: a busy machine gets as far as the slow answer in it.
DRIP, LIMIT = 0.2, 1.6
#: Far beyond the limit: who finds the limit for each read ends here.
MOST = 100 * DRIP

#: What a server says, line by line as it is asked; the answer at which it grows slow, and what it then goes on saying.
CONVERSATION = {b"": b"220 hello\r\n", b"EHLO": b"250 hello\r\n", b"MAIL": b"250 ok\r\n", b"RCPT": b"250 ok\r\n"}
CONVERSATION |= {b"DATA": b"354 go on\r\n", b".": b"250 taken\r\n"}


class SlowServer:
    """Drips its answer to one command, as the beginning of a line that never ends or as lines that never end."""

    def __init__(self, at: bytes, dripped: bytes) -> None:
        self._at, self._dripped = at, dripped
        self.connections = 0
        self.heard: list[bytes] = []

    def serve(self, listening: socket.socket) -> None:
        with suppress(OSError):
            while True:
                connection, _ = listening.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError), connection, connection.makefile("rb") as lines:
            self._answer(connection, b"")
            is_content = False
            for line in lines:
                self.heard.append(line)
                command = line.strip() if is_content else line[:4].upper()
                if is_content and command != b".":
                    continue
                is_content = command == b"DATA"
                self._answer(connection, command)

    def _answer(self, connection: socket.socket, command: bytes) -> None:
        if command != self._at:
            connection.sendall(CONVERSATION.get(command, b"250 ok\r\n"))
            return
        until = time.monotonic() + MOST
        for byte in cycle(self._dripped):
            if time.monotonic() > until:
                return
            connection.sendall(bytes([byte]))
            time.sleep(DRIP)


Serve = Callable[[SlowServer], int]


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Gives the port."""
    listening = socket.create_server(("127.0.0.1", 0))

    def served(server: SlowServer) -> int:
        threading.Thread(target=server.serve, args=(listening,), daemon=True).start()
        return int(listening.getsockname()[1])

    yield served
    with suppress(OSError):
        listening.shutdown(socket.SHUT_RDWR)
    listening.close()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "PATIENCE", LIMIT)


def message(size: int = 10) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = "flow@example.com", "alice@example.com"
    made.set_content("x" * size)
    return made


def refusal(url: str, sent: EmailMessage | None = None) -> MailRefused:
    """Of a mail that is sent to that server; within the limit, or not much beyond."""
    box = Postbox(url)
    began = time.monotonic()
    with pytest.raises(MailRefused) as refused:
        box.send(sent or message())
    assert time.monotonic() - began < MOST * 0.8
    box.close()
    return refused.value


@pytest.mark.parametrize("dripped", [b"2", b"250-more\r\n"], ids=["a line without end", "lines without end"])
@pytest.mark.parametrize("at", [*CONVERSATION], ids=lambda at: at.decode() or "greeting")
def test_a_mail_has_one_limit_of_time_however_slowly_it_is_answered(serve: Serve, at: bytes, dripped: bytes) -> None:
    port = serve(SlowServer(at, dripped))
    refused = refusal(f"smtp://127.0.0.1:{port}")
    assert str(refused) == f"The mail server 127.0.0.1 was not done within {LIMIT:g} s."
    assert not refused.is_final
    assert isinstance(refused, MailServerAway) == (at in (b"", b"EHLO"))


def test_a_server_that_talks_without_end_is_not_listened_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "PATIENCE", 20.0)
    sent = 0
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def talk() -> None:
            nonlocal sent
            connection, _ = listening.accept()
            with suppress(OSError), connection:
                while sent < 100 * MOST_SAID:
                    sent += connection.send(b"220-and more\r\n" * 1_000)

        talking = threading.Thread(target=talk, daemon=True)
        talking.start()
        refused = refusal(f"smtp://127.0.0.1:{listening.getsockname()[1]}")
        talking.join(10)
    assert "Message too long" in str(refused)
    assert sent < 20 * MOST_SAID


def test_tls_has_the_same_limit(serve: Serve) -> None:
    """A record of 16 kB that comes byte by byte."""
    port = serve(SlowServer(b"", b"\x16\x03\x03\x40\x00" + bytes(1000)))
    refused = refusal(f"smtps://127.0.0.1:{port}")
    assert "not done within" in str(refused)
    assert isinstance(refused, MailServerAway)


def test_a_server_that_stops_reading_has_it_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)

        def read_no_content() -> None:
            connection, _ = listening.accept()
            with suppress(OSError), connection:
                connection.sendall(b"220 hello\r\n")
                for answer in (b"250 hello\r\n", b"250 ok\r\n", b"250 ok\r\n", b"354 go on\r\n"):
                    connection.recv(1000)
                    connection.sendall(answer)
                ended.wait(MOST)

        ended = threading.Event()
        threading.Thread(target=read_no_content, daemon=True).start()
        refused = refusal(f"smtp://127.0.0.1:{listening.getsockname()[1]}", message(6_000_000))
        ended.set()
    assert "not done within" in str(refused)


def test_a_name_that_is_not_answered_for_has_it_too(monkeypatch: pytest.MonkeyPatch) -> None:
    ended = threading.Event()
    found = socket.getaddrinfo

    def waits(host: str, *more: Any, **named: Any) -> Any:
        if host != "127.0.0.1" and not named.get("flags"):
            ended.wait(MOST)
        return found(host, *more, **named)

    monkeypatch.setattr(socket, "getaddrinfo", waits)
    refused = refusal("smtp://mail.invalid")
    ended.set()
    assert "not done within" in str(refused)


def test_after_one_that_was_too_slow_the_next_mail_gets_a_connection_and_time_of_its_own(serve: Serve) -> None:
    server = SlowServer(b"RCPT", b"2")
    box = Postbox(f"smtp://127.0.0.1:{serve(server)}")
    for number in (1, 2):
        with pytest.raises(MailRefused, match="not done within"):
            box.send(message())
        assert server.connections == number
    box.close()


def test_the_time_begins_anew_with_each_mail_on_the_same_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    taken: list[object] = []

    class Takes:
        async def handle_DATA(self, server: object, session: object, envelope: object) -> str:  # noqa: N802 - aiosmtpd's name
            taken.append(session)
            return "250 OK"

    controller = Controller(Takes(), hostname="127.0.0.1", port=free_port("127.0.0.1", 0))
    controller.start()
    clock = [0.0]
    monkeypatch.setattr("engine.connectors.deadline.time.monotonic", lambda: clock[0])
    box = Postbox(f"smtp://127.0.0.1:{controller.port}")
    for _ in range(5):
        box.send(message())
        clock[0] += LIMIT * 0.9
    monkeypatch.undo()
    box.close()
    controller.stop()
    assert len(taken) == 5
    assert len({id(each) for each in taken}) == 1


def test_a_batch_is_over_before_others_may_take_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert LEASE.total_seconds() > BATCH * mail.PATIENCE


def test_a_mail_server_is_told_a_domain_without_asking_the_network_for_it(serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    def asked(*_: object) -> str:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getfqdn", asked)
    monkeypatch.setattr(socket, "gethostbyname", asked)
    monkeypatch.setattr(socket, "gethostname", lambda: "plain")
    server = SlowServer(b"never", b"")
    box = Postbox(f"smtp://127.0.0.1:{serve(server)}")
    box.send(message())
    box.close()
    assert server.heard[0] == b"ehlo [127.0.0.1]\r\n"
