"""Anchors: over what was there, kept elsewhere, and held against what is there now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from sqlalchemy import delete, update

from engine import process_instances
from engine.facts.actor import SYSTEM
from engine.facts.errors import Invalid, NotAllowed
from engine.operating import anchor_files, anchors, chains
from engine.operating.anchors import Anchored
from engine.operating.audit import audit
from engine.operating.cases import read_case
from engine.people import user_tasks
from engine.process_instances import ProcessInstance
from engine.store import Database
from engine.store import anchors as rows
from engine.store.deployments import deployment
from engine.store.history import history
from engine.store.process_instances import process_instance
from engine.store.user_tasks import user_task
from tests.engine.company import ALICE, COMPANY
from tests.engine.conftest import Begin, Clock, OpenTasks, Working


def tree(leaves: Sequence[bytes]) -> bytes:
    """MTH of RFC 6962, as it is written there."""
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return sha256(b"\1" + tree(leaves[:half]) + tree(leaves[half:])).digest()


@pytest.mark.parametrize("count", range(1, 20))
def test_the_root_is_that_of_the_standard(count: int) -> None:
    held = [Anchored(UUID(int=number), number, "instance", 1, bytes([number] * 32)) for number in range(count)]
    leaves = [
        sha256(b"\0instance" + each.subject_id.bytes + each.version.to_bytes(4, "big") + each.digest).digest() for each in held
    ]
    assert anchors.root(held) == tree(leaves)


def findings(database: Database) -> set[str]:
    return {finding.invariant for finding in audit(database, COMPANY)}


def file(working: Working, *, with_heads: bool = True) -> list[bytes]:
    with working(SYSTEM) as work:
        return list(anchor_files.lines(work, since=1, with_heads=with_heads))


def differences(working: Working, lines: Sequence[bytes]) -> int:
    with working(SYSTEM) as work:
        return len(list(anchor_files.differences(work, lines)))


def make(working: Working) -> int:
    with working(SYSTEM) as work:
        for id in anchors.unchained(work):
            anchors.chain_old(work, id)
    with working(SYSTEM) as work:
        made = anchors.make(work)
    assert made is not None
    return made.count


@pytest.fixture
def done(working: Working, begin: Begin, open_tasks: OpenTasks) -> ProcessInstance:
    """One whose second task is open, with an opinion about the first."""
    instance = begin("two-steps", customer="ACME")
    with working(ALICE) as work:
        user_tasks.complete(work, open_tasks(instance.id)[0].id, {}, comment="Fine.")
    return instance


@pytest.mark.usefixtures("done")
def test_an_anchor_holds_what_has_changed_since_the_one_before(
    database: Database, working: Working, begin: Begin, clock: Clock
) -> None:
    assert make(working) == 2
    assert make(working) == 0
    clock.forward(days=1)
    begin("two-steps", customer="B")
    # The instance, and the deployment that its beginning makes here.
    assert make(working) == 2
    assert findings(database) == set()


def test_it_is_due_when_a_day_of_the_company_has_begun(working: Working, begin: Begin, clock: Clock) -> None:
    begin("two-steps", customer="ACME")
    with working(SYSTEM) as work:
        assert anchors.is_due(work)
        assert anchors.make(work, only_if_due=True) is not None
    clock.forward(hours=22)
    with working(SYSTEM) as work:
        assert not anchors.is_due(work)
        assert anchors.make(work, only_if_due=True) is None
    clock.forward(hours=2)
    with working(SYSTEM) as work:
        assert anchors.is_due(work)


def test_what_was_there_before_chains_gets_them(
    database: Database, working: Working, begin: Begin, done: ProcessInstance, open_tasks: OpenTasks, clock: Clock
) -> None:
    clock.forward(minutes=1)
    with working(SYSTEM) as work:
        work.write(update(process_instance).values(chain=b"", seal=b""))
        work.write(update(deployment).values(seal=b""))
        work.write(update(rows.anchor).values(at=clock.now))
    assert findings(database) == set()
    with working(ALICE) as work:
        user_tasks.claim(work, open_tasks(done.id)[0].id)
    begin("two-steps", customer="new")
    assert findings(database) == set()
    make(working)
    assert findings(database) == set()
    with working(SYSTEM) as work:
        assert anchors.unchained(work) == []
        work.write(update(user_task).where(user_task.c.comment == "Fine.").values(comment="Bad."))
    assert findings(database) == {"I9"}


def forge(working: Working, id: UUID) -> None:
    """As somebody does who knows how it is made: another opinion in row and log, and everything computed anew that can be."""
    with working(SYSTEM) as work:
        work.write(update(user_task).where(user_task.c.comment == "Fine.").values(comment="Bad."))
        for change in process_instances.history(work, process_instances.get(work, id)):
            events = [{**event, "why": "Bad."} if event.get("why") == "Fine." else event for event in change.events]
            work.write(update(history).where(history.c.version == change.version).values(events=events))
    with working(SYSTEM) as work:
        case = read_case(work, id)
        assert case is not None
        head = chains.head(case)
        rows.give_chain(work, id, head, chains.seal_over(case, head))
        work.write(delete(rows.anchored))
        work.write(delete(rows.anchor).where(rows.anchor.c.number > 0))
    make(working)


def test_who_can_compute_everything_anew_is_found_out_by_a_file_elsewhere(
    database: Database, working: Working, done: ProcessInstance
) -> None:
    make(working)
    kept, short = file(working), file(working, with_heads=False)
    assert differences(working, kept) == differences(working, short) == 0
    forge(working, done.id)
    assert findings(database) == set()
    assert differences(working, kept) == 2
    assert differences(working, short) == 1


@pytest.mark.usefixtures("done")
def test_a_file_of_later_anchors_names_those_that_are_missing(working: Working, clock: Clock) -> None:
    make(working)
    clock.forward(days=1)
    make(working)
    kept = file(working)
    with working(SYSTEM) as work:
        work.write(delete(rows.anchor).where(rows.anchor.c.number == 2))
    assert differences(working, kept) == 1


@pytest.mark.parametrize("line", [b"nonsense", b"{}", b'{"held": "x", "digest": ""}', b'{"anchor": 1, "digest": "zz"}', b"[]"])
def test_a_file_of_something_else_is_refused(working: Working, line: bytes) -> None:
    with pytest.raises(Invalid):
        differences(working, [line])


def test_anchors_are_for_who_operates(working: Working) -> None:
    for verb in (anchors.make, anchors.all_, anchors.unchained):
        with pytest.raises(NotAllowed), working(ALICE) as work:
            verb(work)


def test_a_case_that_is_put_into_the_past_is_noticed(database: Database, working: Working, begin: Begin, clock: Clock) -> None:
    begin("two-steps", customer="ACME")
    make(working)
    clock.now -= timedelta(days=2)
    begin("two-steps", customer="forged")
    assert "I9" in findings(database)
