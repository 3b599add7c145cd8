"""Asks one question as one person until the times are known, and PostgreSQL which statement took most of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg
from flask import Flask

from bench.lists.asking import SEARCHES, Listed
from bench.lists.company import Asker

RUNS, SECONDS = 40, 0.6


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of CPU in this process and in PostgreSQL together, which neighbours on the machine change little; with nothing
    read from the disk that is what a request takes. `statement` is the one that took most of it."""

    asker: Asker
    path: str
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
        found = self._connection.execute(
            "select pid from pg_stat_activity where backend_type = 'client backend' and pid <> pg_backend_pid()"
        )
        self._backends = [Path(f"/proc/{pid}/schedstat") for (pid,) in found.fetchall()]

    def used(self) -> float:
        """Milliseconds; the first number of schedstat counts nanoseconds."""
        return time.process_time() * 1e3 + sum(int(each.read_text().split()[0]) for each in self._backends) / 1e6


class Person:
    """Somebody who asks, in this process: what HTTP adds is the same for every list."""

    def __init__(self, app: Flask, asker: Asker, connection: psycopg.Connection[Any], slow: float) -> None:
        self._asker, self._client = asker, app.test_client()
        self._connection, self._slow, self._processor = connection, slow, Processor(connection)
        self._client.set_cookie("liuzhuan", asker, domain="localhost")
        self._bearer = app.test_client(use_cookies=False)

    def ask(self, path: str) -> tuple[int, str]:
        if path.startswith("/api/"):
            answer = self._bearer.get(path, headers={"Authorization": f"Bearer lz_{self._asker}"})
        else:
            answer = self._client.get(path)
        return answer.status_code, answer.text

    def measured(self, listed: Listed, query: Mapping[str, str]) -> Iterator[Measured]:
        """The first page and one far behind, where there is one; nothing when they may not see the list at all."""
        path = _path(listed.rule, query)
        status, text = self.ask(path)
        if status in (403, 404):
            return
        if status != 200:
            raise SystemExit(f"GET {path} as {self._asker} answered {status}: {text[:500]}")
        is_search = not SEARCHES.isdisjoint(query)
        yield self._timed(path, is_search)
        if after := self._far(path, text):
            yield self._timed(f"{path}{'&' if '?' in path else '?'}after={after}", is_search)

    def _far(self, path: str, text: str) -> str | None:
        """The cursor behind the thousandth row; of a page, that behind its first rows."""
        if path.startswith("/api/"):
            text = self.ask(f"{path}{'&' if '?' in path else '?'}limit=1000")[1]
        found = re.search(r'"next":"([\w-]+)"|[?&;]after=([\w-]+)', text)
        return (found[1] or found[2]) if found else None

    def _timed(self, path: str, is_search: bool) -> Measured:
        for _ in range(6):
            self.ask(path)
        self._processor.look()
        times: list[float] = []
        until = time.perf_counter() + SECONDS
        while len(times) < RUNS and (len(times) < 3 or time.perf_counter() < until):
            before = self._processor.used()
            self.ask(path)
            times.append(self._processor.used() - before)
        times.sort()
        p50, p95 = times[len(times) // 2], times[min(len(times) * 95 // 100, len(times) - 1)]
        return Measured(self._asker, path, is_search, p50, p95, self._worst(path) if p50 >= self._slow else "")

    def _worst(self, path: str) -> str:
        self._connection.execute("select pg_stat_statements_reset()")
        for _ in range(3):
            self.ask(path)
        row = self._connection.execute(
            "select (total_exec_time + total_plan_time) / 3, total_plan_time / 3, shared_blks_hit / 3, query"
            " from pg_stat_statements where query not like '%pg_stat%' order by 1 desc limit 1"
        ).fetchone()
        return f"{row[0]:.1f} ms ({row[1]:.1f} planned), {row[2]} blocks: {' '.join(row[3].split())}" if row else ""


def _path(rule: str, query: Mapping[str, str]) -> str:
    return f"{rule}?{urlencode(query)}" if query else rule
