"""What is sent has one limit of time, however slowly the other side reads."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

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
    assert time.monotonic() - began < 3 * LIMIT
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
