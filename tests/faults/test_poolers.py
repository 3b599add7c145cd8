"""PgBouncer between the service and PostgreSQL: the one of Debian 12 or newer, each transaction on another connection."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import psycopg
import pytest
from sqlalchemy.engine import make_url

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.operating import audit
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.store import open_database, poolers
from engine.store.unit_of_work import unit_of_work
from installation.system import find_pooler
from tests.engine.company import ALICE, COMPANY
from tests.engine.conftest import MODELS
from tests.fixtures.memory import quick_folder
from tests.fixtures.postgres_server import USER, Account, PostgresServer

CLIENTS, CASES = 6, 60


@pytest.fixture(params=["transaction", "session"])
def pooled_url(request: pytest.FixtureRequest, postgres_server: PostgresServer, postgres_url: str) -> Iterator[str]:
    """The same database through a pooler with fewer connections than clients, unless each keeps its own."""
    program = find_pooler()
    if program is None:
        if os.environ.get("TESTS_MAY_SKIP") == "no":
            pytest.fail("There is no PgBouncer here.")
        pytest.skip("there is no PgBouncer here")
    folder = quick_folder("pgbouncer")
    account = Account.suitable()
    account.owns(folder)
    size = 3 if request.param == "transaction" else 2 * CLIENTS
    (folder / "pgbouncer.ini").write_text(
        f"[databases]\n* = host={postgres_server.folder} user={USER}\n"
        f"[pgbouncer]\nunix_socket_dir = {folder}\nlisten_addr =\nauth_type = any\npool_mode = {request.param}\n"
        f"default_pool_size = {size}\nlogfile = {folder}/log\n"
    )
    with subprocess.Popen(
        [program, "-q", folder / "pgbouncer.ini"],
        user=account.user,
        group=account.group,
        extra_groups=account.extra_groups,
        cwd="/",
        stderr=subprocess.DEVNULL,
    ) as pooler:
        url = make_url(postgres_url).set(query={"host": str(folder), "port": "6432"})
        text = url.render_as_string(hide_password=False)
        _wait_for(text.replace("+psycopg", ""))
        yield text
        pooler.send_signal(signal.SIGINT)
        pooler.terminate()


def _wait_for(url: str) -> None:
    for _ in range(10_000):
        try:
            psycopg.connect(url).close()
        except psycopg.OperationalError:
            continue
        return
    raise AssertionError("PgBouncer does not answer")


def test_everything_is_done_once_through_a_pooler(pooled_url: str, caplog: pytest.LogCaptureFixture) -> None:
    database = open_database(pooled_url)
    working = partial(unit_of_work, database, directory=COMPANY)
    with working(SYSTEM) as work:
        deployments.deploy(work, [File("two-steps.bpmn", (MODELS / "two-steps.bpmn").read_bytes())], name="x")

    def case(number: int) -> Any:
        with working(ALICE) as work:
            instance = process_instances.start(work, "two-steps", {"customer": f"ACME {number}"})
        with working(ALICE) as work:
            (task,) = user_tasks.list_(work, UserTaskFilter(process_instance_id=instance.id)).items
        with working(ALICE) as work:
            user_tasks.claim(work, task.id)
        with working(ALICE) as work:
            return user_tasks.complete(work, task.id, {}).status

    with ThreadPoolExecutor(CLIENTS) as threads:
        assert list(threads.map(case, range(CASES))) == ["running"] * CASES
    assert audit.audit(database, COMPANY) == []
    database.close()
    assert "does not keep prepared statements apart" in caplog.text


def test_without_a_pooler_statements_are_prepared(postgres_url: str, caplog: pytest.LogCaptureFixture) -> None:
    database = open_database(postgres_url)
    connection = database.connections.take()
    driver: Any = connection.connection.driver_connection
    assert poolers.is_direct(driver.pgconn)
    assert connection.info.get("prepared", set()) is not None
    database.connections.give_back(connection)
    database.close()
    assert caplog.text == ""
