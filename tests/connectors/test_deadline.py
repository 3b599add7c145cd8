"""Connecting and sending have one limit of time, however silent an address is and however slowly the other side reads."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from engine.connectors.addresses import EVERYWHERE, connect
from engine.connectors.deadline import Deadline, TimedSocket

LIMIT = 0.4
#: Of a body of 20 MB; so much is read at once.
CONTENT, READ = bytes(20_000_000), 16_384


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """With its key, for a server that nobody checks."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "slow")])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=1)).sign(key, hashes.SHA256())
    file = tmp_path / "slow.pem"
    private = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return file


@pytest.mark.parametrize("is_tls", [False, True], ids=["plain", "TLS"])
def test_sending_to_who_reads_slowly_ends_in_time(certificate: Path, is_tls: bool) -> None:
    ours, theirs = socket.socketpair()
    ended = threading.Event()

    def read_slowly() -> None:
        with suppress(OSError):
            reading = _server(certificate).wrap_socket(theirs, server_side=True) if is_tls else theirs
            with reading:
                while reading.recv(READ) and not ended.wait(0.02):
                    pass

    reader = threading.Thread(target=read_slowly, daemon=True)
    reader.start()
    connection = _client().wrap_socket(ours) if is_tls else ours
    began = time.monotonic()
    with pytest.raises(TimeoutError):
        TimedSocket(connection, Deadline(LIMIT)).sendall(CONTENT)
    assert time.monotonic() - began < 10 * LIMIT
    ended.set()
    connection.close()
    reader.join(10)
    theirs.close()


def _server(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def _client() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context


def test_a_silent_address_leaves_the_next_one_its_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as answering,
        socket.create_server(("127.0.0.2", answering.getsockname()[1]), backlog=0) as silent,
        ExitStack() as waiting,
    ):
        for _ in range(4):  # nobody accepts them: further ones are not answered
            filling = waiting.enter_context(socket.socket())
            filling.setblocking(False)
            filling.connect_ex(silent.getsockname())
        found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", each.getsockname()) for each in (silent, answering)]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
        with connect("two.example.com", answering.getsockname()[1], Deadline(2 * LIMIT), EVERYWHERE) as connection:
            assert connection.getpeername() == answering.getsockname()
