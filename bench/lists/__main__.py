from __future__ import annotations

import argparse
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import psycopg

import bench.lists as package
from bench.faults.cluster import Cluster
from bench.lists.asking import questions
from bench.lists.company import ASKERS, bring_in, sign_in
from bench.lists.facts import facts
from bench.lists.filling import fill
from bench.lists.measuring import APPLICATION, Measured, Person, Stopwatch
from bench.lists.originals import deploy, originals
from engine.store import schema
from service.app import application
from service.assembling import assemble
from service.parts import Parts
from service.settings import Settings

#: As a small server has them. Nothing is measured of the disk, so it is not waited for; a list has one processor.
SETTINGS = {
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track_planning": "on",
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "maintenance_work_mem": "512MB",
    "max_wal_size": "8GB",
    "fsync": "off",
    "synchronous_commit": "off",
    "autovacuum": "off",
    "max_parallel_workers_per_gather": "0",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=package.__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--finished", type=int, default=1_000_000)
    parser.add_argument("--open", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, help="a folder for the filled database, taken up again by the next run")
    parser.add_argument("--only", default="", help="only questions whose path contains this")
    parser.add_argument("--asker", choices=ASKERS, help="only as this person")
    parser.add_argument("--pairs", action="store_true", help="each pair of filters too")
    parser.add_argument("--slow", type=float, default=20, help="name the statement of what takes as many milliseconds")
    given = parser.parse_args()
    folder = given.keep or Path(tempfile.mkdtemp(prefix="liuzhuan-lists-"))
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    is_filled = (folder / "data").exists()
    cluster = Cluster(folder, settings=SETTINGS, locale="C.UTF-8")
    try:
        schema.migrate(cluster.url())
        url = f"{cluster.url()}&application_name={APPLICATION}"
        parts = assemble(Settings(secret_key="x" * 40, database_url=url, public_url="http://localhost"))
        with psycopg.connect(cluster.url(), autocommit=True) as connection:
            if not is_filled:
                _fill(parts, connection, given.finished, given.open)
            sign_in(parts)
            print_all(list(_measured(parts, connection, given)))
        parts.close()
    finally:
        if given.keep:
            cluster.stop(signal.SIGINT)
        else:
            cluster.remove()


def _fill(parts: Parts, connection: psycopg.Connection[Any], finished: int, open: int) -> None:
    began = time.monotonic()
    connection.execute("create extension if not exists pg_stat_statements")
    bring_in(parts)
    deploy(parts)
    fill(connection, originals(parts), finished=finished, open=open)
    row = connection.execute("select pg_size_pretty(pg_database_size(current_database()))").fetchone() or ("",)
    print(f"filled: {row[0]} in {time.monotonic() - began:.0f} s", flush=True)


def _measured(parts: Parts, connection: psycopg.Connection[Any], given: argparse.Namespace) -> Iterator[Measured]:
    app, known = application(parts), facts(parts)
    stopwatch = Stopwatch(connection, given.slow)
    for asker in [given.asker] if given.asker else ASKERS:
        person = Person(app, asker)
        for question in questions(known, asker, with_pairs=given.pairs):
            if given.only in unquote(question.address):
                yield from stopwatch.measured(person, question)


def print_all(found: list[Measured]) -> None:
    """The slowest last, so that they are what is seen."""
    for each in sorted(found, key=lambda each: each.p50):
        print(f"{each.p50:9.1f} {each.p95:9.1f}  {each.asker}  {unquote(each.address)}")
        if each.statement:
            print(f"{'':21}{each.statement}")
    exact = [each for each in found if not each.is_search]
    over = [each for each in exact if each.p95 > 20]
    print(f"{len(found)} questions, {len(exact)} without a search; of those {len(over)} took more than 20 ms (p95)")


if __name__ == "__main__":
    main()
