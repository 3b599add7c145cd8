"""Every check and every test, as continuous integration runs them. pytest comes last and has the last line."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence

from installation.checkout import BIN, ROOT

CHECKS: tuple[tuple[str, ...], ...] = (
    ("ruff", "check"),
    ("ruff", "format", "--check"),
    ("mypy",),
    ("lint-imports",),
)

#: Two processes share the tests: databases and browsers wait more than they compute.
PARALLEL = ("-n", "2", "--dist", "loadfile")


def run_all(pytest_arguments: Sequence[str]) -> int:
    """The exit code: 0 when every check and every test passed."""
    failed = [check for check in CHECKS if call(*check)]
    arguments = pytest_arguments or PARALLEL
    for check in failed:
        print(f"Failed: {' '.join(check)}", flush=True)
    code = call("python", "-m", "pytest", *arguments, fixed={"TESTS_MAY_SKIP": "no"})
    return code or int(bool(failed))


def call(program: str, *arguments: str, fixed: dict[str, str] | None = None) -> int:
    print(f"$ {' '.join((program, *arguments))}", flush=True)
    return subprocess.run([BIN / program, *arguments], cwd=ROOT, env={**os.environ, **(fixed or {})}, check=False).returncode
