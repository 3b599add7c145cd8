"""Measures a running service over HTTP: starts, completions and the inbox of a chain of ten user tasks, bare and with a form.

    liuzhuan serve &                                   # with LIUZHUAN_DATABASE_URL=postgresql://…
    TOKEN=lz_… python -m bench.load http://127.0.0.1:8080 --clients 8 --seconds 20

The token's owner needs the rights work, start and design, and the role `--role` (default employee). Prints one line per measure:
operations a second and the 50th and 99th percentile in milliseconds. Compare runs of one machine only, as ratios.
"""

from __future__ import annotations

import argparse
import http.client
import json
import multiprocessing
import os
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bench.chain import VARIABLES, Chain, bare, with_form


@dataclass(frozen=True)
class Target:
    """Where to, and as whom."""

    host: str
    token: str
    role: str


class Client:
    """One kept-alive connection."""

    def __init__(self, target: Target) -> None:
        self.connection = http.client.HTTPConnection(target.host, timeout=60)
        self.headers = {"Authorization": f"Bearer {target.token}", "Content-Type": "application/json"}

    def send(self, method: str, path: str, body: Any = None) -> Any:
        self.connection.request(method, path, None if body is None else json.dumps(body), self.headers)
        answer = self.connection.getresponse()
        content = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path} answered {answer.status}: {content[:500]!r}")
        return json.loads(content) if content else None

    def start(self, chain: Chain) -> str:
        return str(self.send("POST", f"/api/v1/process-definitions/{chain.key}/start", {"variables": VARIABLES})["id"])

    def open_task(self, instance: str) -> str | None:
        items = self.send("GET", f"/api/v1/user-tasks?processInstanceId={instance}&status=open")["items"]
        return str(items[0]["id"]) if items else None

    def complete(self, task: str, chain: Chain) -> None:
        self.send("POST", f"/api/v1/user-tasks/{task}/complete", {"variables": chain.completion})


def starts(client: Client, until: float, target: Target) -> list[float]:
    """Seconds of each start."""
    return _repeat(lambda: client.start(bare(target.role)), until)


def inbox(client: Client, until: float, target: Target) -> list[float]:
    """Seconds of each reading of the first page of a role's open tasks."""
    path = f"/api/v1/user-tasks?candidateGroup=role:{target.role}&status=open&limit=20"
    return _repeat(lambda: client.send("GET", path), until)


def completions(client: Client, until: float, target: Target) -> list[float]:
    """Seconds of each completion without a form; starting instances and finding their tasks is not counted."""
    return _completions(client, until, bare(target.role))


def completions_with_form(client: Client, until: float, target: Target) -> list[float]:
    """Seconds of each completion of a task that has the form of twelve fields."""
    return _completions(client, until, with_form(target.role))


def _completions(client: Client, until: float, chain: Chain) -> list[float]:
    found: list[float] = []
    while time.perf_counter() < until:
        instance = client.start(chain)
        while (task := client.open_task(instance)) is not None:
            began = time.perf_counter()
            client.complete(task, chain)
            found.append(time.perf_counter() - began)
    return found


def _repeat(act: Callable[[], Any], until: float) -> list[float]:
    found: list[float] = []
    while (began := time.perf_counter()) < until:
        act()
        found.append(time.perf_counter() - began)
    return found


MEASURES = {
    "starts": starts,
    "completions": completions,
    "completions-with-form": completions_with_form,
    "inbox": inbox,
}


def _work(name: str, target: Target, seconds: float, answers: Any) -> None:
    client = Client(target)
    answers.put(MEASURES[name](client, time.perf_counter() + seconds, target))


def measure(name: str, target: Target, clients: int, seconds: float) -> None:
    """Every client in a process of its own; prints the line of the measure."""
    answers: Any = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=_work, args=(name, target, seconds, answers)) for _ in range(clients)]
    for worker in workers:
        worker.start()
    spans = sorted(span for _ in workers for span in answers.get())
    for worker in workers:
        worker.join()
    rate = sum(1 for _ in spans) / (sum(spans) / clients)
    p50, p99 = (1000 * spans[min(len(spans) - 1, int(len(spans) * part))] for part in (0.5, 0.99))
    print(f"{name:21} {rate:8.0f}/s   p50 {p50:6.1f} ms   p99 {p99:6.1f} ms   ({len(spans)} in {clients} clients)")


def wait_for(target: Target, seconds: float = 60) -> None:
    """Until the service answers: it may have been started a moment ago."""
    until = time.monotonic() + seconds
    while True:
        try:
            connection = http.client.HTTPConnection(target.host, timeout=5)
            connection.request("GET", "/healthz")
            connection.getresponse().read()
            return
        except OSError:
            if time.monotonic() > until:
                raise SystemExit(f"Nothing answers at {target.host}.") from None
            time.sleep(0.1)


def deploy(target: Target) -> None:
    """Both chains of ten tasks, for the role that the bench works in."""
    boundary = uuid.uuid4().hex
    body = b""
    for file in (*bare(target.role).files, *with_form(target.role).files):
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename="{file.name}"\r\n'
        body += f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + file.content + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    connection = http.client.HTTPConnection(target.host, timeout=60)
    headers = {"Authorization": f"Bearer {target.token}", "Content-Type": f"multipart/form-data; boundary={boundary}"}
    connection.request("POST", "/api/v1/deployments", body, headers)
    answer = connection.getresponse()
    if answer.status >= 400:
        raise SystemExit(f"The models were not deployed: {answer.read()[:500]!r}")


def main() -> None:
    """Reads the command line, deploys the chain, measures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--role", default="employee")
    parser.add_argument("--only", choices=sorted(MEASURES))
    given = parser.parse_args()
    target = Target(urlsplit(given.url).netloc, os.environ["TOKEN"], given.role)
    wait_for(target)
    deploy(target)
    for name in [given.only] if given.only else MEASURES:
        measure(name, target, given.clients, given.seconds)


if __name__ == "__main__":
    main()
