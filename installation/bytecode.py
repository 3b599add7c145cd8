"""The modules of the service, compiled ahead: a start need not compile them, whatever Python may write while it runs."""

from __future__ import annotations

from pathlib import Path

from installation.checkout import BIN, ROOT, STAMPS, files_below
from installation.steps import Step, digest, run

#: What a running service imports.
PACKAGES = ("engine", "service", "migrations")


def bytecode_step(root: Path = ROOT, stamp: Path = STAMPS / "bytecode", python: Path = BIN / "python") -> Step:
    """Known by time and size, as Python itself knows whether a compiled module is the one of its source."""
    sources = sorted(path for name in PACKAGES for path in files_below(root / name) if path.suffix == ".py")
    return Step(
        title="Compiling the service",
        act=lambda: compile_modules(python, sources),
        inputs=digest(*(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in sources)),
        stamp=stamp,
    )


def compile_modules(python: Path, places: list[Path]) -> None:
    """Files, and folders with all that is below. What is compiled already is passed over."""
    run([python, "-m", "compileall", "-q", "-j", "0", *places])
