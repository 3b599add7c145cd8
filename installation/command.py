"""What `./liuzhuan` does: set up what the word needs, then hand over to it."""

from __future__ import annotations

import os
from collections.abc import Sequence

from installation.assets import bundle_step, npm_step
from installation.bytecode import bytecode_step
from installation.checkout import BIN
from installation.libraries import environment_step, node_step, service_step, tests_step
from installation.steps import Step, StepFailed, complain, perform
from installation.system import ensure_browser, ensure_packages, missing_packages
from installation.testing import run_all
from installation.translations import translations_step


def main(words: Sequence[str]) -> int:
    """`test` runs every check and test, `set-up` only sets up, `sbom` writes the bill of materials.

    Any other word goes to the installed command line.
    """
    for_tests = words[:1] == ["test"]
    try:
        ensure_packages(missing_packages(for_tests=for_tests))
        set_up(for_tests=for_tests)
    except StepFailed as failure:
        return complain(str(failure))
    except KeyboardInterrupt:
        return complain("Stopped. The next start goes on from here.")
    if for_tests:
        return run_all(words[1:])
    if words[:1] == ["set-up"]:
        return 0
    if words[:1] == ["sbom"]:
        os.execv(BIN / "python", [str(BIN / "python"), "-m", "installation.bill_of_materials", *words[1:]])
    program = BIN / "liuzhuan"
    os.execv(program, [str(program), *words])


def set_up(*, for_tests: bool) -> None:
    """The environment first: each later step runs something in it."""
    libraries = tests_step() if for_tests else service_step()
    perform([environment_step(), libraries, *asset_steps(), translations_step(), bytecode_step()])
    if for_tests:
        ensure_browser()


def asset_steps() -> list[Step]:
    """Nothing to fetch when the bundles are up to date."""
    bundle = bundle_step()
    return [] if bundle.is_done() else [node_step(), npm_step(), bundle]
