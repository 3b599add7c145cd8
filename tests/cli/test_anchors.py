"""`liuzhuan anchors`: made, exported, signed, and verified with the file from elsewhere."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def key(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The private key that signs; its public key lies beside."""
    path = tmp_path / "anchors.pem"
    (tmp_path / "public.pem").write_text(run("anchors", "key", str(path)).stdout)
    monkeypatch.setenv("LIUZHUAN_ANCHOR_KEY", str(path))
    return path


def test_a_signed_anchor_is_verified_with_the_public_key(run: Run, key: Path, tmp_path: Path) -> None:
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert run("anchors", "make").stdout.startswith("Anchor 1 is over 0 changes: ")
    file = tmp_path / "anchors.jsonl"
    run("anchors", "export", str(file))
    assert '"signature":"' in file.read_text()
    for public in (tmp_path / "public.pem", key):
        verified = run("anchors", "verify", str(file), "--public-key", str(public))
        assert (verified.exit_code, verified.stdout.strip()) == (0, "0 findings.")
    assert run("audit").stdout.strip() == "0 findings."


def test_another_key_and_another_file_are_found(run: Run, key: Path, tmp_path: Path) -> None:
    run("anchors", "make")
    file, other = tmp_path / "anchors.jsonl", tmp_path / "other.pem"
    file.write_text(run("anchors", "export").stdout)
    run("anchors", "key", str(other))
    by_another = run("anchors", "verify", str(file), "--public-key", str(other))
    assert by_another.exit_code == 1
    assert "Anchor 1 of the file is not signed with this key." in by_another.stderr
    file.write_text(file.read_text().replace('"count":0', '"count":1'))
    changed = run("anchors", "verify", str(file))
    assert changed.exit_code == 1
    assert "Anchor 1 is another one in the database than in the file." in changed.stderr


def test_a_key_that_is_none_is_said(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "key.pem"
    path.write_text("nonsense")
    monkeypatch.setenv("LIUZHUAN_ANCHOR_KEY", str(path))
    assert "is no file with a key" in run("anchors", "make").stderr
    monkeypatch.setenv("LIUZHUAN_ANCHOR_KEY", str(tmp_path / "missing.pem"))
    assert "LIUZHUAN_ANCHOR_KEY names no file" in run("audit").stderr
    again = run("anchors", "key", str(path))
    assert (again.exit_code, again.stdout) == (1, "")
    assert f"No key was written to {path}: there is a file already" in again.stderr and "Errno" not in again.stderr
    nowhere = run("anchors", "key", str(tmp_path / "nowhere" / "key.pem"))
    assert nowhere.exit_code == 1 and "No such file or directory." in nowhere.stderr and "Errno" not in nowhere.stderr


def test_the_audit_explains_itself(run: Run) -> None:
    explained = run("audit", "--explain").stdout
    assert "I9: Chains, seals and anchors fit" in explained
    assert explained.endswith("0 findings.\n")
