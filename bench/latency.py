"""How long work waits for a worker: a thrown message, a job, a timer of a tenth of a second, each on its own.

    python -m bench.latency [--times 100]

Starts a PostgreSQL of its own, a web process and a worker. By the clock of the database: from the step that leaves the work to
the step that does it.
"""

from __future__ import annotations

import argparse
import time

import psycopg

from bench.faults.client import Client
from bench.faults.service import wait_for
from bench.faults.stage import stage

_SPANS = {
    "message": "select e.started_at - h.at from process_instance e join process_instance p on p.business_key = e.business_key"
    " join history h on h.process_instance_id = p.id and h.verb = 'fire' where e.key = 'echo' and p.key = 'errand'",
    "job": "select d.at - c.at from history d join history c on c.process_instance_id = d.process_instance_id"
    " and c.version = d.version - 1 where d.verb = 'complete job'",
    "timer": "select d.at - c.at - interval '0.1 s' from history d join history c"
    " on c.process_instance_id = d.process_instance_id and c.version = d.version - 1 where d.verb = 'fire'",
}


def main() -> None:
    """Prints the median and the 95th of a hundred for each kind, in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=100)
    times = parser.parse_args().times
    with stage("postgresql") as here:
        here.serve(1)
        here.work(1)
        wait_for(here.ports[0], "/readyz")
        client = here.client()
        for number in range(times):
            _errand(client, f"e{number}", here.receiver.url())
            time.sleep(0.2)
        time.sleep(2)
        with psycopg.connect(here.url) as connection:
            for name, query in _SPANS.items():
                rows = connection.execute(query).fetchall()
                spans = sorted(row[0].total_seconds() * 1000 for row in rows)
                p50, p95 = spans[len(spans) // 2], spans[len(spans) * 95 // 100]
                print(f"{name:8} median {p50:6.1f} ms   p95 {p95:6.1f} ms   ({len(spans)})")


def _errand(client: Client, key: str, receiver: str) -> None:
    body = {"businessKey": key, "variables": {"key": key, "receiver": receiver}}
    instance = client.send("POST", "/api/v1/process-definitions/errand/start", body)[1]["id"]
    task = client.send("GET", f"/api/v1/user-tasks?processInstanceId={instance}&status=open")[1]["items"][0]["id"]
    client.send("POST", f"/api/v1/user-tasks/{task}/complete", {"variables": {}})


if __name__ == "__main__":
    main()
