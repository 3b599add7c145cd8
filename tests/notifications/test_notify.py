"""The connector that tells people something."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from engine.connectors import ConnectorFailed, Job
from engine.facts.actor import SYSTEM
from engine.store import open_database
from engine.store.unit_of_work import UnitOfWork, unit_of_work
from service.identity.company import company
from service.identity.company_file import read
from service.identity.importing import import_company
from service.identity.snapshot import OrganisationSnapshot
from service.notifications.notify import Notify
from service.store import notifications

NOW = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
JOB = Job("01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002", "remind")

COMPANY = """
departments:
  - {id: sales, name: 销售部}
roles:
  - {id: clerk, name: 业务员}
people:
  - {id: alice, name: 爱丽丝, department: sales, roles: [clerk]}
  - {id: bob, name: 鲍勃, department: sales, roles: [clerk]}
  - {id: mallory, name: 马洛里, department: sales}
"""

Begin = Callable[[], AbstractContextManager[UnitOfWork]]


@pytest.fixture
def begin(database_url: str, tmp_path: Path) -> Iterator[Begin]:
    file = tmp_path / "company.yaml"
    file.write_text(COMPANY)
    database = open_database(database_url, clock=lambda: NOW)
    snapshot = OrganisationSnapshot(database)

    def begin() -> AbstractContextManager[UnitOfWork]:
        return unit_of_work(database, SYSTEM, directory=snapshot.current())

    with begin() as work:
        import_company(work, company(read(file).rows, snapshot.current()))
    yield begin
    database.close()


def unread(begin: Begin) -> dict[str, int]:
    with begin() as work:
        return {person: notifications.count_unread(work, person) for person in ("alice", "bob", "mallory")}


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("alice", {"alice"}),
        ("person:alice", {"alice"}),
        ("role:clerk", {"alice", "bob"}),
        ("role:clerk@sales", {"alice", "bob"}),
        (["role:clerk", "alice", "person:mallory"], {"alice", "bob", "mallory"}),
        ("nobody.here", set()),
        (None, set()),
    ],
)
def test_everybody_meant_is_told_once(begin: Begin, to: object, told: set[str]) -> None:
    assert Notify(begin).call({"to": to, "subject": "催办", "text": "请处理"}, JOB) == {"count": len(told)}
    assert {person for person, count in unread(begin).items() if count} == told


def test_a_job_that_is_tried_again_tells_nobody_twice(begin: Begin) -> None:
    notify = Notify(begin)
    notify.call({"to": "alice", "subject": "催办"}, JOB)
    # As if the first try had not been cut off: what a case reads must not depend on it.
    assert notify.call({"to": ["alice", "bob"], "subject": "催办"}, JOB) == {"count": 2}
    assert unread(begin) == {"alice": 1, "bob": 1, "mallory": 0}


def test_what_is_read_is_no_longer_counted_and_what_is_old_goes(begin: Begin) -> None:
    Notify(begin).call({"to": "alice", "subject": "催办", "text": "x" * 5_000}, JOB)
    with begin() as work:
        shown = notifications.latest(work, "alice")[0]
        assert (shown.subject, len(shown.text), str(shown.process_instance_id)) == ("催办", 4_000, JOB.process_instance_id)
        assert notifications.mark_read(work, "alice") == 1
    assert unread(begin)["alice"] == 0
    with begin() as work:
        assert notifications.remove_old(work, NOW - timedelta(seconds=1)) == 0
        assert notifications.remove_old(work, NOW) == 1


def test_a_message_without_a_subject_is_refused(begin: Begin) -> None:
    with pytest.raises(ConnectorFailed, match="no subject"):
        Notify(begin).call({"to": "alice", "subject": " "}, JOB)
