"""Years of work done: lists and steps must stay as quick as they were on the first day."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import psycopg

from bench.faults.client import Client
from bench.faults.copies import copy
from bench.faults.report import Report
from bench.faults.stage import Stage, stage

OPEN = 500
TIMES = 300
#: What a list may take, and how much of it the years may have added, in seconds.
MOST, MORE = 0.020, 0.005

LISTS = {
    "inbox, mine or open to me": "/api/v1/user-tasks?view=claimable&limit=20",
    "inbox, done by me": "/api/v1/user-tasks?view=done&status=all&limit=20",
    "process instances": "/api/v1/process-instances?limit=20",
    "process instances that run": "/api/v1/process-instances?status=running&limit=20",
    "process instances of one key": "/api/v1/process-instances?processDefinitionKey=four&limit=20",
    "incidents": "/api/v1/incidents?limit=20",
    "jobs": "/api/v1/jobs?limit=20",
    "process instances, searched": "/api/v1/process-instances?text=chain&limit=20",
    "metrics": "/metrics",
}


def history(size: int, database: str) -> Report:
    """Measured with `OPEN` running instances, then again with `size` ended ones of four steps each beside them."""
    with stage("postgresql") as here:
        here.serve(1)
        client = here.client()
        ended = _one_to_its_end(client)
        for _ in range(OPEN):
            _start(client)
        report = Report("history", size)
        before = dict(_measured(here, client))
        began = time.monotonic()
        with psycopg.connect(here.url, autocommit=True) as connection:
            copy(connection, ended, size, timedelta(days=3 * 365))
            connection.execute("vacuum analyze")
            row = connection.execute("select pg_size_pretty(pg_database_size(current_database()))").fetchone() or ("",)
            report.add("filled", f"{row[0]} in {time.monotonic() - began:.0f} s")
        for name, (p50, p95) in _measured(here, client):
            old50, old95 = before[name]
            report.add(name, f"median {old50 * 1e3:.1f} -> {p50 * 1e3:.1f} ms, p95 {old95 * 1e3:.1f} -> {p95 * 1e3:.1f} ms")
            report.must(p50 - old50 <= MORE, f"{name}: {p50 - old50:.3f} s slower than before.")
            report.must(p50 <= MOST or name == "metrics", f"{name}: {p50:.3f} s.")
        return report


def _start(client: Client) -> str:
    return str(
        client.send("POST", "/api/v1/process-definitions/four/start", {"variables": {"customer": "c", "amount": 3}})[1]["id"]
    )


def _one_to_its_end(client: Client) -> UUID:
    instance = _start(client)
    while page := client.send("GET", f"/api/v1/user-tasks?processInstanceId={instance}&status=open")[1]["items"]:
        client.send("POST", f"/api/v1/user-tasks/{page[0]['id']}/complete", {"variables": {}})
    return UUID(instance)


def _measured(here: Stage, client: Client) -> Iterator[tuple[str, tuple[float, float]]]:
    """By name the median and the 95th of a hundred, in seconds."""
    for name, path in LISTS.items():
        yield name, _times(lambda path=path: _read(client, path))  # type: ignore[misc]
    with _tasks(client) as next_task:
        yield "complete", _times(lambda: client.send("POST", f"/api/v1/user-tasks/{next_task()}/complete", {"variables": {}}))
    yield "start", _times(lambda: _start(client))


def _read(client: Client, path: str) -> None:
    status, answer = client.send("GET", path)
    if status != 200:
        raise SystemExit(f"GET {path} answered {status}: {answer}")


@contextmanager
def _tasks(client: Client) -> Iterator[Callable[[], str]]:
    """Open tasks, read beforehand so that looking for them is not measured."""
    found: list[str] = []
    after = ""
    while len(found) < TIMES + 20:
        page = client.send("GET", f"/api/v1/user-tasks?view=claimable&limit=100{after}")[1]
        found += [item["id"] for item in page["items"]]
        after = f"&after={page['next']}"
    yield found.pop


def _times(act: Callable[[], object]) -> tuple[float, float]:
    spans = []
    for _ in range(10):
        act()
    for _ in range(TIMES):
        began = time.perf_counter()
        act()
        spans.append(time.perf_counter() - began)
    spans.sort()
    return spans[TIMES // 2], spans[TIMES * 95 // 100]
