"""Where a case plays: a folder, a database, an installation with one person who may do everything, and a receiver."""

from __future__ import annotations

import shutil
import socket
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.faults.client import Answers, Client
from bench.faults.cluster import Cluster
from bench.faults.postbox import Postbox
from bench.faults.receiver import Receiver
from bench.faults.service import ROOT, Service

DATABASE = "liuzhuan.db"
MODELS = Path(__file__).parent / "models"
COMPANY = """
departments: [{id: company, name: 公司, nameEn: Company}]
positions: []
roles: [{id: runner, name: 跑腿员, nameEn: Runner}]
people:
  - id: ann
    name: 安
    nameEn: Ann
    email: ann@example.com
    department: company
    roles: [runner]
    rights: [work, start, design, operate, administer]
  - {id: bob, name: 博, nameEn: Bob, department: company, roles: [runner], rights: [work]}
"""
RIGHTS = {"ann": ("work", "start", "design", "operate", "administer"), "bob": ("work",)}


@dataclass
class Stage:
    """`cluster` is None on SQLite."""

    folder: Path
    url: str
    cluster: Cluster | None
    service: Service
    receiver: Receiver
    postbox: Postbox
    tokens: dict[str, str] = field(default_factory=dict)
    ports: list[int] = field(default_factory=list)
    answers: Answers = field(default_factory=Answers)
    #: When something was broken, by the clock of this machine: what was on its way then may be done again.
    disturbances: list[float] = field(default_factory=list)

    def client(self, person: str = "ann") -> Client:
        first = len(self.answers.statuses) % max(len(self.ports), 1)
        return Client([*self.ports[first:], *self.ports[:first]], self.tokens[person], self.answers)

    def disturb(self) -> None:
        """Called just before something is broken."""
        self.disturbances.append(time.time())

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


@dataclass(frozen=True)
class Prepared:
    """An installation on SQLite that is ready; several stages may begin with a copy of it."""

    database: Path
    tokens: dict[str, str]


@contextmanager
def stage(
    database: str,
    *,
    data: Path | None = None,
    cluster_settings: dict[str, str] | None = None,
    root: Path = ROOT,
    prepared: Prepared | None = None,
    **settings: str,
) -> Iterator[Stage]:
    """Migrated, with the models deployed; nothing runs yet but PostgreSQL. Everything is gone afterwards.

    `root` is the checkout whose service runs; with `prepared` it begins with what another one has migrated and deployed.
    """
    folder = Path(tempfile.mkdtemp(prefix="liuzhuan-faults-"))
    folder.chmod(0o755)
    cluster = Cluster(folder / "postgresql", data, cluster_settings) if database == "postgresql" else None
    url = cluster.url() if cluster else f"sqlite:///{data or folder}/{DATABASE}"
    receiver, postbox = Receiver(), Postbox(free_port())
    fixed = {
        "LIUZHUAN_DATABASE_URL": url,
        "LIUZHUAN_CONNECTOR_NETWORKS": "127.0.0.1/32",
        "LIUZHUAN_SMTP_URL": postbox.url,
        "LIUZHUAN_MAIL_FROM": "liuzhuan@example.com",
        # Each errand starts one; a machine that does more than ten a second would look like a storm.
        "LIUZHUAN_EVENT_STARTS_PER_MINUTE": "100000",
    }
    service = Service(folder, fixed | {f"LIUZHUAN_{name.upper()}": value for name, value in settings.items()}, root)
    found = Stage(folder, url, cluster, service, receiver, postbox)
    try:
        if prepared is None:
            _prepare(found)
        else:
            shutil.copy(prepared.database, folder / DATABASE)
            found.tokens |= prepared.tokens
        yield found
    finally:
        service.stop()
        receiver.stop()
        postbox.stop()
        if cluster is not None:
            cluster.remove()
        if found.answers.wrong and root == ROOT:
            kept = Path(tempfile.mkdtemp(prefix="liuzhuan-logs-"))
            for log in folder.glob("*.log"):
                shutil.copy(log, kept)
            print(f"The logs of the service: {kept}", flush=True)
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def prepared() -> Iterator[Prepared]:
    with stage("sqlite") as found:
        yield Prepared(found.folder / DATABASE, found.tokens)


def _prepare(found: Stage) -> None:
    company = found.folder / "company.yaml"
    company.write_text(COMPANY)
    found.service.command("migrate")
    found.service.command("user", "import", str(company))
    found.service.command("deploy", *(str(path) for path in sorted(MODELS.glob("*.bpmn"))))
    for person, rights in RIGHTS.items():
        words = [word for right in rights for word in ("--right", right)]
        found.tokens[person] = found.service.command("user", "token", person, "--name", "load", *words).strip()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
