"""The disk of the database is full: changes are refused, nothing is half done, and with room again everything goes on."""

from __future__ import annotations

import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.report import Report
from bench.faults.stage import Stage, stage
from bench.faults.verdict import findings

#: Small, so that it is full soon; PostgreSQL alone needs most of it.
MEGABYTES = {"postgresql": 200, "sqlite": 16}


def disk(size: int, database: str) -> Report:
    """Starts instances until `size` of them in a row were refused, makes room, and goes on. Needs root for the small disk."""
    with small_disk(MEGABYTES[database]) as data:
        place = data / "data" if database == "postgresql" else data
        small = {"shared_buffers": "16MB", "max_wal_size": "64MB", "min_wal_size": "32MB"}
        with stage(database, data=place, cluster_settings=small) as here:
            here.serve(1)
            report = Report("disk", size)
            ballast = data / "ballast"
            _fill(here, ballast, leave=1 << 20)
            full = _until_refused(here, size)
            report.add("answers while the disk filled up", _shown(full))
            report.must(set(full) <= {200, 201, 503}, f"There were other answers than 201 and 503: {_shown(full)}")
            ballast.unlink()
            after = _until_accepted(here)
            report.add("accepted again after", f"{after:.1f} s")
            report.must(after <= 30, "Nothing was accepted within 30 seconds after there was room again.")
            here.service.stop()
            here.answers.wrong.clear()
            report.hold(findings(here))
            return report


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="liuzhuan-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=777", "tmpfs", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()


def _fill(here: Stage, ballast: Path, leave: int) -> None:
    """Another program's file takes what room there is."""
    content = b"x" * 65536
    with ballast.open("wb") as file:
        stat = subprocess.run(["df", "--output=avail", "-B1", str(ballast.parent)], capture_output=True, text=True, check=True)
        for _ in range((int(stat.stdout.split()[-1]) - leave) // len(content)):
            file.write(content)


def _until_refused(here: Stage, times: int) -> Counter[int]:
    """The answers to starts, none of them sent twice, until so many in a row were no success."""
    client, found, refused = here.client(), Counter[int](), 0
    text = "x" * 50_000
    while refused < times:
        status, _ = client.once("POST", "/api/v1/process-definitions/errand/start", {"variables": {"key": text}})
        found[status] += 1
        refused = 0 if status in (200, 201) else refused + 1
    return found


def _until_accepted(here: Stage) -> float:
    client, began = here.client(), time.monotonic()
    while time.monotonic() - began < 60:
        if client.once("POST", "/api/v1/process-definitions/errand/start", {"variables": {"key": "k"}})[0] == 201:
            break
        time.sleep(0.2)
    return time.monotonic() - began


def _shown(answers: Counter[int]) -> str:
    return ", ".join(f"{status or 'none'}: {count:,}" for status, count in sorted(answers.items()))
