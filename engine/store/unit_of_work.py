"""One request or one item of a loop: one transaction, one `now`, at most one changed process instance.

Reads run outside of a transaction until something is locked or written. A step of a process instance on PostgreSQL is one
statement, atomic by itself: it is sent without a transaction, and then this unit of work takes no second write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime, tzinfo
from typing import Any

import psycopg
from sqlalchemy import Connection, Executable, func, inspect, select
from sqlalchemy.exc import DBAPIError

from engine.assignment.directory import Directory
from engine.facts.actor import Actor
from engine.facts.errors import Refusal, Unavailable
from engine.facts.local_time import by_clock_of
from engine.facts.sentences import Sentence
from engine.store import faults, release
from engine.store.database import LOCK_SECONDS, Database
from engine.store.outage import is_of_database
from engine.store.prepared import Prepared, command
from engine.store.quick import QuickSelect
from engine.store.waking import Kind, ring

_NOW = select(func.now())


#: Told why the unit of work before has failed.
RecordOfFailure = Callable[["UnitOfWork", BaseException], None]


class UnitOfWork:
    """Made by `unit_of_work`. Others use `actor`, `now`, `zone`, `directory`, `begin`, `rehearse`, `after_rollback`."""

    def __init__(
        self, database: Database, connection: Connection, actor: Actor, directory: Directory, now: datetime | None
    ) -> None:
        self.database = database
        self.connection = connection
        self.actor = actor
        self.directory = directory
        self.is_writing = False
        self._is_sealed = False
        self._has_committed = False
        self._is_rehearsal = False
        self._holds_lock = False
        self._now = now
        self._after_rollback: list[RecordOfFailure] = []
        self._work_left: set[Kind] = set()

    @property
    def now(self) -> datetime:
        """The moment of this unit of work, in UTC, by the clock of the database."""
        return self._now or self.observe(None)

    @property
    def zone(self) -> tzinfo:
        """The company's time zone: that of timers which name none."""
        return self.database.zone

    @property
    def local_now(self) -> datetime:
        """`now` by the clock of the company: what `now()` and `today()` of FEEL answer."""
        return by_clock_of(self.zone, self.now)

    def observe(self, now: datetime | None) -> datetime:
        """The moment a SELECT of PostgreSQL brought along; None asks for it. SQLite runs here: its clock is this machine's."""
        if self.database.clock is not None:
            self._now = self.database.clock().astimezone(UTC)
        elif not self.database.is_postgresql:
            self._now = datetime.now(UTC)
        else:
            moment: datetime = now or self.connection.execute(_NOW).scalar_one()
            self._now = moment.astimezone(UTC)
        return self._now

    def rows(self, statement: Executable, parameters: Any = None) -> Sequence[Any]:
        """Each row a tuple whose values also go by column name."""
        return self.connection.execute(statement, parameters).all()

    def first(self, statement: Executable, parameters: Any = None) -> Any:
        """The first row, None when there is none."""
        return self.connection.execute(statement, parameters).first()

    def quick_row(self, select: QuickSelect, parameters: Mapping[str, Any]) -> Any:
        """As `first`, prepared."""
        if not (self.database.is_postgresql and select.is_prepared):
            return self.first(select.statement, parameters)
        return self._read(select.first, parameters)

    def quick_rows(self, select: QuickSelect, parameters: Mapping[str, Any]) -> Sequence[Any]:
        """As `rows`, prepared."""
        if not (self.database.is_postgresql and select.is_prepared):
            return self.rows(select.statement, parameters)
        rows: Sequence[Any] = self._read(select.rows, parameters)
        return rows

    def _read(self, send: Callable[[Connection, Any], Any], parameters: Mapping[str, Any]) -> Any:
        """A connection that has died meanwhile is replaced once."""
        try:
            return self._sent(send, parameters)
        except psycopg.OperationalError:
            if self.is_writing or not self.connection.invalidated:
                raise
            return self._sent(send, parameters)

    def _sent(self, send: Callable[[Connection, Any], Any], parameters: Any) -> Any:
        try:
            return send(self.connection, parameters)
        except psycopg.OperationalError:
            if self.connection.connection.driver_connection.closed:  # type: ignore[union-attr]
                self._forget_connections()
            raise

    def _forget_connections(self) -> None:
        """The server has gone away, so those that wait in the pool are dead too."""
        self.connection.invalidate()
        if self.connection.in_transaction():
            self.connection.rollback()
        self.database.connections.drop_idle()

    def know_tables(self) -> None:
        """That they are those of this release, as was seen a moment ago or is now."""
        if not self.database.tables.are_known:
            self.look_at_tables()

    def look_at_tables(self) -> None:
        """Raises MigrationsMissing or ReleaseOutdated when they are not those of this release."""
        self.database.tables.judge(self._noted())

    def doubt_tables(self, fault: BaseException) -> None:
        """Whether a fault has its cause in tables of another release: then this is what is raised."""
        is_expected = isinstance(fault, Refusal) or not isinstance(fault, Exception)
        if is_expected or self.connection.invalidated or self.connection.closed:
            return
        with suppress(DBAPIError, psycopg.Error):
            self.look_at_tables()

    def _noted(self) -> str | None:
        try:
            (noted,) = self.quick_row(release.LAST, {}) or (None,)
        except (DBAPIError, psycopg.Error):
            if inspect(self.connection).has_table(release.NOTE):
                raise
            return None
        return str(noted) if noted is not None else None

    def begin(self) -> None:
        """From here on everything belongs to one transaction; SQLite lets one writer in. Its tables are those of this release."""
        if self._is_sealed:
            raise RuntimeError("This unit of work has recorded its step: another change belongs to another unit of work.")
        if self.is_writing:
            return
        self._lock()
        try:
            if self.database.is_postgresql:
                self._read(_begin, {})
            else:
                self.connection.exec_driver_sql("BEGIN IMMEDIATE")
        except BaseException:
            self._unlock()
            raise
        self.is_writing = True
        if not self.database.is_postgresql:
            self.connection.exec_driver_sql(release.ASK_FENCE)

    def rehearse(self) -> None:
        """Begins a transaction of which nothing is kept, neither changes nor incidents: to see what would happen."""
        self._is_rehearsal = True
        self.begin()

    def write(self, statement: Executable, parameters: Any = None) -> int:
        """Begins when needed. Answers the number of changed rows."""
        self.begin()
        return self.connection.execute(statement, parameters).rowcount

    def write_text(self, sql: str, parameters: Any) -> int:
        """As `write`, for SQL that is text, with parameters by name as the database keeps them."""
        self.begin()
        return self.connection.exec_driver_sql(sql, parameters).rowcount

    def written(self, statement: Executable, parameters: Any = None) -> Sequence[Any]:
        """As `write`, for a statement with RETURNING: answers its rows."""
        self.begin()
        return self.connection.execute(statement, parameters).all()

    def write_alone(self, statement: Prepared, values: Sequence[Any]) -> Any:
        """One atomic statement, answering its first row; without an open transaction it is the only write here."""
        if self._is_sealed:
            raise RuntimeError("This unit of work has recorded its step already.")
        return self._sent(statement.first, values)

    @property
    def has_written(self) -> bool:
        """Whether the database has kept a change, after the end."""
        return self._is_sealed or self._has_committed

    def seal(self) -> None:
        """The step is recorded: nothing else may be written here."""
        self._is_sealed = True

    def after_rollback(self, write: RecordOfFailure) -> None:
        """When this unit of work fails, `write` runs in a transaction of its own, told why: an incident outlives the refusal."""
        self._after_rollback.append(write)

    def wake(self, kind: Kind) -> None:
        """After the commit the workers are told that there is work of this kind."""
        self._work_left.add(kind)

    def ring(self) -> None:
        if self._work_left and not self._is_rehearsal:
            ring(self.database, self.connection, self._work_left)

    def end(self, *, keep: bool) -> None:
        """Commits or rolls back what `begin` opened. Of a connection that has died the server has kept nothing."""
        if not self.is_writing:
            return
        self.is_writing = False
        try:
            if self.connection.invalidated:
                if keep:
                    raise Unavailable(what=Sentence("The database"))
                return
            word = "COMMIT" if keep and not self._is_rehearsal else "ROLLBACK"
            if self.database.is_postgresql:
                command(self.connection, word.encode())
            else:
                self.connection.exec_driver_sql(word)
            self._has_committed = keep
        except BaseException:
            self.connection.invalidate()
            raise
        finally:
            self._unlock()

    def records_of_failure(self) -> Sequence[RecordOfFailure]:
        return () if self._is_rehearsal else tuple(self._after_rollback)

    def _lock(self) -> None:
        lock = self.database.write_lock
        if lock is not None and not lock.acquire(timeout=LOCK_SECONDS):
            raise Unavailable(what=Sentence("The database"))
        self._holds_lock = lock is not None

    def _unlock(self) -> None:
        if self._holds_lock and self.database.write_lock is not None:
            self._holds_lock = False
            self.database.write_lock.release()


#: Opens a unit of work for an actor.
Begin = Callable[[Actor], AbstractContextManager[UnitOfWork]]


@contextmanager
def unit_of_work(database: Database, actor: Actor, *, directory: Directory, now: datetime | None = None) -> Iterator[UnitOfWork]:
    """Commits on a clean exit, rolls back on an exception. `now` is the moment where the clock of the database was just asked.

    Refuses for the database: Unavailable, LostRace, ValueNotKept (engine.store.faults).
    """
    failed: Sequence[RecordOfFailure] = ()
    try:
        with sorted_out():
            connection = database.connections.take()
            try:
                work = UnitOfWork(database, connection, actor, directory, now)
                try:
                    work.know_tables()
                    yield work
                except BaseException as fault:
                    failed = work.records_of_failure()
                    work.end(keep=False)
                    work.doubt_tables(fault)
                    raise
                work.end(keep=True)
                if database.outage.is_on:
                    database.outage.over(has_written=work.has_written)
                work.ring()
            finally:
                database.connections.give_back(connection)
    except Unavailable as refusal:
        if is_of_database(refusal):
            database.tables.doubt()
            database.outage.noticed(refusal)
        raise
    except BaseException as fault:
        for write in failed:
            _record(database, actor, directory, write, fault)
        raise


@contextmanager
def sorted_out() -> Iterator[None]:
    """What the database says becomes what it means to who asked."""
    try:
        yield
    except faults.FAULTS as fault:
        refusal = faults.refusal_of(fault)
        if refusal is None:
            raise
        raise refusal from fault


def _begin(connection: Connection, _: Any) -> None:
    """What fails after BEGIN leaves a transaction in which nothing can be done."""
    try:
        command(connection, release.BEGIN.encode())
    except psycopg.Error:
        if not connection.connection.driver_connection.closed:  # type: ignore[union-attr]
            command(connection, b"ROLLBACK")
        raise


def _record(database: Database, actor: Actor, directory: Directory, write: RecordOfFailure, fault: BaseException) -> None:
    with unit_of_work(database, actor, directory=directory) as work:
        write(work, fault)
