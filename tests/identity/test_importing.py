"""Writing a company into the tables, and reading it back as a snapshot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import update

from engine.facts.actor import SYSTEM
from engine.store import Database
from engine.store.unit_of_work import unit_of_work
from service.identity.company import Company
from service.identity.importing import Imported, import_company
from service.identity.snapshot import NOBODY, OrganisationSnapshot
from service.store import organisation as rows
from tests.identity.conftest import small_company


def imported(database: Database, company: Company) -> Imported:
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        return import_company(work, company)


def test_what_was_imported_is_read_back(snapshot: OrganisationSnapshot) -> None:
    organisation, company = snapshot.current(), small_company()
    assert organisation.members == company.members
    assert organisation.departments == company.departments
    assert organisation.roles == company.roles


def test_importing_twice_changes_nothing(database: Database, snapshot: OrganisationSnapshot) -> None:
    version = snapshot.current().version
    assert imported(database, small_company()) == Imported(added=0, changed=0, unchanged=4)
    assert snapshot.current().version == version


def test_every_process_sees_a_change_with_its_next_question(database: Database, snapshot: OrganisationSnapshot) -> None:
    assert snapshot.current().holders("manager", "sales") == ("bob",)
    alice = replace(small_company().members["alice"], roles=(("manager", "sales"),))
    assert imported(database, small_company(alice=alice)) == Imported(added=0, changed=1, unchanged=3)
    assert snapshot.current().holders("manager", "sales") == ("alice", "bob")


def test_a_password_is_not_overwritten_by_the_initial_one(database: Database) -> None:
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        rows.set_password_hash(work, "alice", "her own")
    imported(database, small_company())
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        assert rows.password_hash(work, "alice") == "her own"


def test_progress_is_told_after_each_row(database: Database) -> None:
    told: list[tuple[int, int]] = []
    carol = replace(small_company().members["alice"], email="")
    carol = replace(carol, person=replace(carol.person, id="carol"))
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        import_company(work, small_company(carol=carol), lambda done, all: told.append((done, all)))
    assert told == [(1, 1)]


def test_somebody_who_has_left_holds_no_role_and_is_no_actor(database: Database, snapshot: OrganisationSnapshot) -> None:
    bob = small_company().members["bob"]
    imported(database, small_company(bob=replace(bob, person=replace(bob.person, is_active=False))))
    organisation = snapshot.current()
    assert organisation.holders("manager") == ()
    assert organisation.find_actor("bob") is None
    assert organisation.find_person("bob") is not None


def test_an_actor_answers_to_person_roles_and_department(snapshot: OrganisationSnapshot) -> None:
    bob = snapshot.current().find_actor("bob")
    assert bob is not None
    assert bob.groups == {"person:bob", "role:manager", "role:manager@sales", "department:sales"}


@pytest.mark.parametrize("is_restored_in_between", [True, False])
def test_a_restore_beneath_a_running_process_brings_no_old_rights_back(
    database: Database, snapshot: OrganisationSnapshot, is_restored_in_between: bool
) -> None:
    """Administrators come and go: what was read before the restore is believed of no later import."""
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:
        backup = rows.version(work)
    bob = small_company().members["bob"]
    imported(database, small_company(bob=replace(bob, rights=frozenset({"work"}))))
    assert snapshot.current().members["bob"].rights == {"work"}
    with unit_of_work(database, SYSTEM, directory=NOBODY) as work:  # as the backup had it
        rows.update_row(work, "person", "bob", {"rights": ["administer"]})
        work.write(update(rows.organisation).values(version=backup))
    if is_restored_in_between:
        assert snapshot.current().members["bob"].rights == {"administer"}
    imported(database, small_company(bob=replace(bob, rights=frozenset({"operate"}))))
    assert snapshot.current().members["bob"].rights == {"operate"}
