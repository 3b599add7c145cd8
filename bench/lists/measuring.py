"""Asks one question as one person until the times are known, and PostgreSQL which statement took most of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask

from bench.lists.asking import Question
from bench.lists.company import Asker
from engine.store.user_task_search import TooManyTasks

RUNS, SECONDS = 40, 0.6
#: The code of what would look through everybody's tasks.
ENDLESS = TooManyTasks().code
#: By this name the connections of the service are known.
APPLICATION = "lists"


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of CPU in this process and in PostgreSQL together, which neighbours on the machine change little; with nothing
    read from the disk that is what a request takes. `statement` is the one that took most of it."""

    asker: Asker
    address: str
    is_search: bool
    p50: float
    p95: float
    statement: str = ""


class Processor:
    """What this process and the PostgreSQL processes that serve it have used of the processors."""

    def __init__(self, connection: psycopg.Connection[Any]) -> None:
        self._connection = connection
        self._backends: list[Path] = []

    def look(self) -> None:
        """Finds the processes of PostgreSQL anew."""
        found = self._connection.execute("select pid from pg_stat_activity where application_name = %s", (APPLICATION,))
        self._backends = [Path(f"/proc/{pid}/schedstat") for (pid,) in found.fetchall()]

    def used(self) -> float:
        """Milliseconds; the first number of schedstat counts nanoseconds."""
        return time.process_time() * 1e3 + sum(int(each.read_text().split()[0]) for each in self._backends) / 1e6


class Person:
    """Somebody who asks, in this process: what HTTP adds is the same for every list."""

    def __init__(self, app: Flask, asker: Asker) -> None:
        self.asker, self._client = asker, app.test_client()
        self._client.set_cookie("liuzhuan", asker, domain="localhost")

    def ask(self, address: str) -> tuple[int, str]:
        answer = self._client.get(address)
        return answer.status_code, answer.text

    def addresses(self, question: Question) -> Iterator[str]:
        """The first page and one far behind, where there is one; nothing when they may not see the list at all, or when it is
        refused because it would be endless."""
        address = question.address
        status, text = self.ask(address)
        if status in (403, 404) or (status == 422 and f'"{ENDLESS}"' in text):
            return
        if status != 200:
            raise SystemExit(f"GET {address} as {self.asker} answered {status}: {text[:500]}")
        yield address
        if after := self._far(address, text):
            yield f"{address}{'&' if '?' in address else '?'}after={after}"

    def _far(self, address: str, text: str) -> str | None:
        """The cursor behind the thousandth row; of a page, that behind its first rows."""
        if address.startswith("/api/"):
            text = self.ask(f"{address}{'&' if '?' in address else '?'}limit=1000")[1]
        found = re.search(r'"next":"([\w-]+)"|[?&;]after=([\w-]+)', text)
        return (found[1] or found[2]) if found else None


class Stopwatch:
    """`slow`: from how many milliseconds on the statement is looked for that takes them."""

    def __init__(self, connection: psycopg.Connection[Any], slow: float) -> None:
        self._connection, self._slow, self._processor = connection, slow, Processor(connection)

    def measured(self, person: Person, question: Question) -> Iterator[Measured]:
        for address in person.addresses(question):
            times = self._times(person, address)
            p50, p95 = times[len(times) // 2], times[min(len(times) * 95 // 100, len(times) - 1)]
            statement = self._worst(person, address) if p50 >= self._slow else ""
            yield Measured(person.asker, address, question.is_search, p50, p95, statement)

    def _times(self, person: Person, address: str) -> list[float]:
        """In order; the first runs, in which PostgreSQL decides how to plan, are left out."""
        for _ in range(6):
            person.ask(address)
        self._processor.look()
        times: list[float] = []
        until = time.perf_counter() + SECONDS
        while len(times) < RUNS and (len(times) < 3 or time.perf_counter() < until):
            before = self._processor.used()
            person.ask(address)
            times.append(self._processor.used() - before)
        return sorted(times)

    def _worst(self, person: Person, address: str) -> str:
        self._connection.execute("select pg_stat_statements_reset()")
        for _ in range(3):
            person.ask(address)
        row = self._connection.execute(
            "select (total_exec_time + total_plan_time) / 3, total_plan_time / 3, shared_blks_hit / 3, query"
            " from pg_stat_statements where query not like '%pg_stat%' order by 1 desc limit 1"
        ).fetchone()
        return f"{row[0]:.1f} ms ({row[1]:.1f} planned), {row[2]} blocks: {' '.join(row[3].split())}" if row else ""
