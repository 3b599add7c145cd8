"""The file of a SQLite database is deleted, replaced, locked away or only to be read: the next request says so."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask

from engine.store import schema
from engine.store.database import open_database
from service.parts import Parts
from tests.api.conftest import As, codes

NOBODY = 65534
START = "/process-definitions/leave/start"


def path_of(parts: Parts) -> Path:
    return Path(str(parts.database.url.database))


def ready(app: Flask) -> tuple[int, str]:
    answer = app.test_client().get("/readyz")
    return answer.status_code, answer.json.get("code", "") if answer.json else ""


def started(alice: As) -> int:
    return alice.post(START, {"variables": {"employee": "Alice", "days": 1}}).status_code


@contextmanager
def as_nobody() -> Iterator[None]:
    """Permissions do not hold for who administers the machine."""
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)


def deleted(file: Path) -> None:
    file.unlink()


def moved_away(file: Path) -> None:
    file.rename(file.with_name("elsewhere.db"))


def spoiled(file: Path) -> None:
    """Another file, which is no database."""
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    other = file.with_name("other.db")
    other.write_bytes(b"no database" * 1000)
    other.replace(file)


@pytest.mark.parametrize("happens", [deleted, moved_away, spoiled])
def test_a_file_that_is_gone_is_noticed_by_the_next_request(
    app: Flask, parts: Parts, alice: As, happens: Callable[[Path], None], tmp_path: Path
) -> None:
    file = path_of(parts)
    assert (started(alice), ready(app)[0]) == (201, 200)
    copy = tmp_path / "copy.db"
    with parts.database.engine.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
    happens(file)
    for _ in range(2):
        assert codes(alice.get("/user-tasks"))[0] == started(alice) == 503
        assert ready(app) == (503, "database_unavailable")
    if happens is not spoiled:
        assert not file.exists()
    for left in file.parent.glob(f"{file.name}*"):
        left.unlink()
    shutil.copyfile(copy, file)
    assert (started(alice), ready(app)[0]) == (201, 200)


def test_a_file_that_was_put_in_its_place_is_the_database_from_then_on(
    app: Flask, parts: Parts, alice: As, tmp_path: Path
) -> None:
    file = path_of(parts)
    copy = tmp_path / "copy.db"
    with parts.database.engine.connect() as connection:
        connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
    before = len(alice.get("/process-instances").json["items"])
    assert started(alice) == 201
    parts.database.close()
    for side in ("-wal", "-shm"):
        file.with_name(file.name + side).unlink(missing_ok=True)
    shutil.copyfile(copy, file.with_name("new.db"))
    file.with_name("new.db").replace(file)
    assert len(alice.get("/process-instances").json["items"]) == before
    assert started(alice) == 201
    again = open_database(str(parts.database.url))
    with again.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM process_instance").scalar_one() == before + 1
    again.close()


@pytest.mark.parametrize("mode", [0o444, 0o000])
def test_a_file_that_may_not_be_written_or_read_is_noticed(parts: Parts, app: Flask, alice: As, mode: int) -> None:
    file = path_of(parts)
    assert ready(app)[0] == 200
    parts.database.close()
    file.chmod(mode)
    with as_nobody():
        answer, is_ready = started(alice), ready(app)
    file.chmod(0o600)
    assert answer == 503
    assert is_ready[0] == 503
    assert (started(alice), ready(app)[0]) == (201, 200)


def test_a_new_database_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new" / "liuzhuan.db"
    before = os.umask(0)
    try:
        schema.migrate(f"sqlite:///{file}")
        database = open_database(f"sqlite:///{file}")
        with database.engine.connect() as connection:
            connection.exec_driver_sql("CREATE TABLE something (id INTEGER)")
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()}
    finally:
        os.umask(before)
    database.close()
    assert modes == {name: 0o600 for name in (file.name, f"{file.name}-wal", f"{file.name}-shm")}


def test_no_file_is_made_by_asking_for_it(tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    database = open_database(f"sqlite:///{file}")
    with pytest.raises(Exception, match="is not there"):
        database.connections.take()
    database.close()
    assert list(tmp_path.iterdir()) == []
