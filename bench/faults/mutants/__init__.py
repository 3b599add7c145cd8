"""Judges that can be wrong: the service is made wrong in a known way, and a judge has to notice.

Each patch beside this file is one mutant of the service. Its first line says what is wrong then; `Case`, `Size` and `Database`
say which case is played, `Judge` who has to find it. A patch is applied to a copy of this checkout, never to the checkout itself.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.faults.service import ROOT

FOLDER = Path(__file__).parent
#: What a running service imports and reads.
ROOMS = ("engine", "service", "migrations", "forms", "processes")
#: Sources of the web assets are not read by it.
NOT_COPIED = shutil.ignore_patterns("assets", "node_modules")

_FIELD = re.compile(r"^(Case|Size|Database|Judge): *(\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Mutant:
    """`fault` is a sentence; `judge` has to find it when the case is played with that size."""

    name: str
    fault: str
    case: str
    size: int
    database: str
    judge: str
    patch: Path


def mutants() -> list[Mutant]:
    return [_read(path) for path in sorted(FOLDER.glob("*.patch"))]


def _read(path: Path) -> Mutant:
    head, _, _ = path.read_text(encoding="utf-8").partition("diff --git")
    fields = dict(_FIELD.findall(head))
    size, database = int(fields.get("Size", "9")), fields.get("Database", "sqlite")
    return Mutant(path.stem, head.splitlines()[0], fields.get("Case", "errands"), size, database, fields["Judge"], path)


@contextmanager
def mutated(mutant: Mutant) -> Iterator[Path]:
    """A copy of what runs of this checkout, with the fault in it."""
    with tempfile.TemporaryDirectory(prefix="liuzhuan-mutant-") as folder:
        root = Path(folder)
        for room in ROOMS:
            shutil.copytree(ROOT / room, root / room, ignore=NOT_COPIED)
        applied = subprocess.run(
            ["git", "apply", "--unidiff-zero", str(mutant.patch)], cwd=root, capture_output=True, text=True, check=False
        )
        if applied.returncode:
            raise DoesNotApply(applied.stderr.strip())
        yield root


class DoesNotApply(Exception):
    """The service has changed where the patch does."""
