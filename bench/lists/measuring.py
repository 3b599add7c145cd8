"""Asks one question as one person until the times are known, and PostgreSQL which statement took most of them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import psycopg
from flask import Flask

from bench.lists.asking import SEARCHES, Listed
from bench.lists.company import Asker

RUNS, SECONDS = 40, 0.6


@dataclass(frozen=True, slots=True)
class Measured:
    """Times in milliseconds. `statement` is the one that took most, with its share in a request."""

    asker: Asker
    path: str
    is_search: bool
    p50: float
    p95: float
    least: float
    size: int
    statement: str = ""


class Person:
    """Somebody who asks, in this process: what HTTP adds is the same for every list."""

    def __init__(self, app: Flask, asker: Asker) -> None:
        self._asker, self._client = asker, app.test_client()
        self._client.set_cookie("liuzhuan", asker, domain="localhost")
        self._bearer = app.test_client(use_cookies=False)

    def ask(self, path: str) -> tuple[int, str]:
        if path.startswith("/api/"):
            answer = self._bearer.get(path, headers={"Authorization": f"Bearer lz_{self._asker}"})
        else:
            answer = self._client.get(path)
        return answer.status_code, answer.text

    def measured(
        self, listed: Listed, query: Mapping[str, str], connection: psycopg.Connection[Any], slow: float
    ) -> Iterator[Measured]:
        """The first page and one far behind, where there is one; nothing when they may not see the list at all."""
        path = _path(listed.rule, query)
        status, text = self.ask(path)
        if status in (403, 404):
            return
        if status != 200:
            raise SystemExit(f"GET {path} as {self._asker} answered {status}: {text[:500]}")
        is_search = not SEARCHES.isdisjoint(query)
        yield self._timed(path, is_search, connection, slow)
        if after := self._far(path, text):
            yield self._timed(f"{path}{'&' if '?' in path else '?'}after={after}", is_search, connection, slow)

    def _far(self, path: str, text: str) -> str | None:
        """The cursor behind the thousandth row; of a page, that behind its first rows."""
        if path.startswith("/api/"):
            text = self.ask(f"{path}{'&' if '?' in path else '?'}limit=1000")[1]
        found = re.search(r'"next":"([\w-]+)"|[?&;]after=([\w-]+)', text)
        return (found[1] or found[2]) if found else None

    def _timed(self, path: str, is_search: bool, connection: psycopg.Connection[Any], slow: float) -> Measured:
        size = 0
        times: list[float] = []
        for _ in range(6):
            status, text = self.ask(path)
            size = len(text)
            assert status == 200, path
        until = time.perf_counter() + SECONDS
        while len(times) < RUNS and (len(times) < 3 or time.perf_counter() < until):
            began = time.perf_counter()
            self.ask(path)
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        p50, p95 = times[len(times) // 2], times[min(len(times) * 95 // 100, len(times) - 1)]
        statement = self._worst(path, connection) if p50 >= slow else ""
        return Measured(self._asker, path, is_search, p50, p95, times[0], size, statement)

    def _worst(self, path: str, connection: psycopg.Connection[Any]) -> str:
        connection.execute("select pg_stat_statements_reset()")
        for _ in range(3):
            self.ask(path)
        row = connection.execute(
            "select (total_exec_time + total_plan_time) / 3, total_plan_time / 3, shared_blks_hit / 3, query"
            " from pg_stat_statements where query not like '%pg_stat%' order by 1 desc limit 1"
        ).fetchone()
        return f"{row[0]:.1f} ms ({row[1]:.1f} planned), {row[2]} blocks: {' '.join(row[3].split())}" if row else ""


def _path(rule: str, query: Mapping[str, str]) -> str:
    return f"{rule}?{urlencode(query)}" if query else rule
