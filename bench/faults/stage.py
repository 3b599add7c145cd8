"""Where a case plays: a folder, a database, an installation with one person who may do everything, and a receiver."""

from __future__ import annotations

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.client import Answers, Client
from bench.faults.cluster import Cluster
from bench.faults.receiver import Receiver
from bench.faults.service import Service

MODELS = Path(__file__).parent / "models"
COMPANY = """
departments: [{id: company, name: 公司, nameEn: Company}]
positions: []
roles: [{id: runner, name: 跑腿员, nameEn: Runner}]
people:
  - {id: ann, name: 安, nameEn: Ann, department: company, roles: [runner], rights: [work, start, design, operate, administer]}
"""
RIGHTS = ("work", "start", "design", "operate", "administer")


@dataclass
class Stage:
    """`cluster` is None on SQLite."""

    folder: Path
    url: str
    cluster: Cluster | None
    service: Service
    receiver: Receiver
    token: str = ""
    ports: list[int] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)

    def client(self) -> Client:
        first = len(self.answers.statuses) % max(len(self.ports), 1)
        return Client([*self.ports[first:], *self.ports[:first]], self.token, self.answers)

    def serve(self, count: int, *words: str) -> None:
        """So many web servers, each on a port of its own."""
        for _ in range(count):
            port = free_port()
            self.service.serve(port, *words)
            self.ports.append(port)

    def work(self, count: int) -> None:
        """So many workers."""
        for _ in range(count):
            self.service.start("worker")


@contextmanager
def stage(
    database: str, *, data: Path | None = None, cluster_settings: dict[str, str] | None = None, **settings: str
) -> Iterator[Stage]:
    """Migrated, with the models deployed; nothing runs yet but PostgreSQL. Everything is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="liuzhuan-faults-"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgresql", data, cluster_settings) if database == "postgresql" else None
    url = cluster.url() if cluster else f"sqlite:///{data or folder}/liuzhuan.db"
    fixed = {"LIUZHUAN_DATABASE_URL": url, "LIUZHUAN_CONNECTOR_NETWORKS": "127.0.0.1/32"}
    service = Service(folder, fixed | {f"LIUZHUAN_{name.upper()}": value for name, value in settings.items()})
    receiver = Receiver()
    found = Stage(folder, url, cluster, service, receiver)
    try:
        _prepare(found)
        yield found
    finally:
        service.stop()
        receiver.stop()
        if cluster is not None:
            cluster.remove()
        if found.answers.wrong:
            kept = Path(tempfile.mkdtemp(prefix="liuzhuan-logs-"))
            for log in folder.glob("*.log"):
                shutil.copy(log, kept)
            print(f"The logs of the service: {kept}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(found: Stage) -> None:
    company = found.folder / "company.yaml"
    company.write_text(COMPANY)
    found.service.command("migrate")
    found.service.command("user", "import", str(company))
    found.service.command("deploy", *(str(path) for path in sorted(MODELS.glob("*.bpmn"))))
    rights = [word for right in RIGHTS for word in ("--right", right)]
    found.token = found.service.command("user", "token", "ann", "--name", "load", *rights).strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
