"""Many clients want the same thing at the same moment: one gets it, and everybody else a clear refusal."""

from __future__ import annotations

import json
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bench.faults.client import Client
from bench.faults.ledger import PEOPLE
from bench.faults.report import Finding, Report
from bench.faults.stage import Stage, stage
from bench.faults.verdict import findings, numbers
from engine.store import open_database
from service.webhooks.signatures import sign

CLIENTS = 24
SENDERS = 10
SECRET = "a secret of the bench, long enough"


def races(size: int, database: str, **staging: Any) -> Report:
    """`CLIENTS` clients, of two people, complete the same `size` user tasks in the same order, each with a value of its own."""
    with stage(database, **staging) as here:
        here.serve(2)
        tasks = _open_tasks(here, size)
        clients = [here.client(PEOPLE[number % len(PEOPLE)]) for number in range(CLIENTS)]
        together = threading.Barrier(CLIENTS)
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            answers = [pool.submit(_complete_all, client, number, tasks, together) for number, client in enumerate(clients)]
            seen = [answer.result() for answer in answers]
        report = Report("races", size)
        winners = Counter(task for each in seen for task, status in each.items() if status == 200)
        statuses = Counter(status for each in seen for status in each.values())
        report.add("answers", f"{dict(statuses)} in {time.monotonic() - began:.0f} s, {CLIENTS} clients")
        report.must(
            sorted(winners) == sorted(tasks) and set(winners.values()) == {1}, "A task has not exactly one winner.", "answers"
        )
        report.must(set(statuses) == {200, 409}, f"There were other answers than 200 and 409: {dict(statuses)}", "answers")
        won = {task: number for number, each in enumerate(seen) for task, status in each.items() if status == 200}
        report.hold(_kept(here, tasks, won))
        return _judged(here, report)


def webhooks(size: int, database: str, **staging: Any) -> Report:
    """Ten senders deliver the same `size` events at the same time; each event begins one process instance."""
    with stage(database, webhook_rate="1000000", **staging) as here:
        here.serve(2)
        body = {
            "name": "crm",
            "style": "liuzhuan",
            "secret": SECRET,
            "effect": "start",
            "target": "alarm",
            "variables": "{}",
            "business_key": "body.key",
            "acts_as": "ann",
        }
        wanted = {_camel(name): value for name, value in body.items()}
        status, answer = here.client().send("POST", "/api/v1/webhook-endpoints", wanted)
        assert status == 201, answer
        events = [str(uuid.uuid4()) for _ in range(size)]
        began = time.monotonic()
        with ThreadPoolExecutor(SENDERS) as pool:
            sent = [pool.submit(_deliver_all, here, events) for _ in range(SENDERS)]
            statuses = sum((each.result() for each in sent), Counter())
        report = Report("webhooks", size)
        report.add("answers", f"{dict(statuses)} in {time.monotonic() - began:.0f} s, {SENDERS} senders")
        report.must(all(200 <= status < 300 for status in statuses), f"Some deliveries were not accepted: {dict(statuses)}")
        opened = open_database(here.url)
        effects = numbers(opened)["running"]
        opened.close()
        report.add("effects", f"{effects:,}")
        report.must(effects == size, f"{effects} effects, {size} expected.", "effects")
        return _judged(here, report)


def _open_tasks(here: Stage, size: int) -> dict[str, str]:
    """With the process instance of each."""
    client, found = here.client(), {}
    for _ in range(size):
        instance = client.send("POST", "/api/v1/process-definitions/four/start", {"variables": {}})[1]["id"]
        page = client.send("GET", f"/api/v1/user-tasks?processInstanceId={instance}&status=open")[1]
        found[page["items"][0]["id"]] = instance
    return found


def _complete_all(client: Client, number: int, tasks: Iterable[str], together: threading.Barrier) -> dict[str, int]:
    found = {}
    for task in tasks:
        together.wait()
        found[task] = client.send("POST", f"/api/v1/user-tasks/{task}/complete", {"variables": {"client": number}})[0]
    return found


def _kept(here: Stage, tasks: Mapping[str, str], won: Mapping[str, int]) -> Iterator[Finding]:
    """The value in the process instance, and the person in the task, are those of the client that was answered 200."""
    client = here.client()
    for task, instance in tasks.items():
        number = won.get(task)
        by = None if number is None else PEOPLE[number % len(PEOPLE)]
        found = client.send("GET", f"/api/v1/process-instances/{instance}/variables")[1]
        if found.get("client") != number:
            yield Finding("values", f"Client {number} was the first, and the value is the one of {found.get('client')}.")
        completed = client.send("GET", f"/api/v1/user-tasks/{task}")[1].get("completedBy")
        if completed != by:
            yield Finding("people", f"{by} was the first, and the task says {completed}.")


def _deliver_all(here: Stage, events: list[str]) -> Counter[int]:
    client, found = here.client(), Counter[int]()
    for event in events:
        content: Any = {"key": event}
        stamp = int(time.time())
        signature = sign(SECRET, stamp, event, json.dumps(content).encode())
        headers = {"Liuzhuan-Timestamp": str(stamp), "Liuzhuan-Event-Id": event, "Liuzhuan-Signature": signature}
        found[client.send("POST", "/webhooks/crm", content, headers=headers)[0]] += 1
    return found


def _judged(here: Stage, report: Report) -> Report:
    here.service.stop()
    report.hold(findings(here))
    return report


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(each.title() for each in others)
