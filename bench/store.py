"""How fast the verbs are in one process: starts, completions of a chain of ten user tasks, the first page of the inbox.

    python -m bench.store postgresql://user@host/empty_database [--threads 8] [--instances 500]
    python -m bench.store sqlite:///bench.db

Completions come bare and with a form of twelve fields, whose check is part of the verb. Every commit is durable as far as the
database is set up to be. `cpu` is the Python CPU time of this process for one call.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from bench.chain import VARIABLES, Chain, bare, with_form
from engine import process_instances
from engine.assignment.directory import Person, Role
from engine.definitions import deployments
from engine.facts.actor import SYSTEM, Actor
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.store import Database, open_database, schema
from engine.store.unit_of_work import unit_of_work
from service.identity.organisation import Member, Organisation
from service.task_forms import reviewer

ROLE = "staff"
STAFF = Actor("ann", "Ann", frozenset({"person:ann", f"role:{ROLE}"}), frozenset({"work", "start"}))
COMPANY = Organisation(1, {}, {}, {ROLE: Role(ROLE, "Staff")}, {"ann": Member(Person("ann", "Ann"), "", roles=((ROLE, None),))})
CHAINS = (bare(ROLE), with_form(ROLE))


@dataclass(frozen=True)
class Measured:
    """One kind of call, done `count` times by several threads."""

    name: str
    count: int
    seconds: float
    cpu: float
    each: list[float]

    def __str__(self) -> str:
        p50 = statistics.median(self.each) * 1000
        p99 = sorted(self.each)[int(len(self.each) * 0.99)] * 1000
        rate = self.count / self.seconds
        cpu = self.cpu / self.count * 1e6
        return f"{self.name:<22} {rate:8,.0f}/s   p50 {p50:6.2f} ms   p99 {p99:6.2f} ms   cpu {cpu:5.0f} µs"


def measure(name: str, threads: int, act: Callable[[Any], object], items: Iterable[Any]) -> Measured:
    """All items, each once."""
    each: list[float] = []

    def timed(item: Any) -> None:
        began = time.perf_counter()
        act(item)
        each.append(time.perf_counter() - began)

    began, cpu = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(timed, items))
    return Measured(name, len(each), time.perf_counter() - began, time.process_time() - cpu, each)


def deploy(database: Database) -> None:
    with unit_of_work(database, SYSTEM, directory=COMPANY) as work:
        deployments.deploy(work, [file for chain in CHAINS for file in chain.files], name="bench")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("url")
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--instances", type=int, default=500)
    arguments = parser.parse_args()
    schema.migrate(arguments.url)
    database = open_database(arguments.url, pool_size=arguments.threads)
    deploy(database)
    for measured in run(database, arguments.threads, arguments.instances):
        print(measured, flush=True)
    database.close()


def run(database: Database, threads: int, instances: int) -> Iterable[Measured]:
    def inbox(number: int) -> None:
        with unit_of_work(database, STAFF, directory=COMPANY) as work:
            user_tasks.list_(work, UserTaskFilter(view="claimable"), limit=20)

    for chain in CHAINS:
        yield from of_chain(database, chain, threads, instances)
    yield measure("inbox", threads, inbox, range(500))


def of_chain(database: Database, chain: Chain, threads: int, instances: int) -> Iterable[Measured]:
    def start(number: int) -> None:
        with unit_of_work(database, STAFF, directory=COMPANY) as work:
            started.append(process_instances.start(work, chain.key, VARIABLES).id)

    def complete(id: UUID) -> None:
        with unit_of_work(database, STAFF, directory=COMPANY) as work:
            user_tasks.complete(work, id, chain.completion, review=reviewer(work, language=lambda: "zh"))

    started: list[UUID] = []
    yield measure(f"start {chain.key}", threads, start, range(instances))
    yield total([measure(f"complete {chain.key}", threads, complete, open_tasks(database, started)) for _ in range(10)])


def total(parts: list[Measured]) -> Measured:
    each = [seconds for part in parts for seconds in part.each]
    return Measured(parts[0].name, len(each), sum(part.seconds for part in parts), sum(part.cpu for part in parts), each)


def open_tasks(database: Database, instances: list[UUID]) -> list[UUID]:
    """Read beforehand, not measured."""
    found = []
    with unit_of_work(database, SYSTEM, directory=COMPANY) as work:
        for id in instances:
            found += [item.id for item in user_tasks.list_(work, UserTaskFilter(process_instance_id=id)).items]
    return found


if __name__ == "__main__":
    main()
