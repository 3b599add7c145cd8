"""The mutants of `bench.faults` stay mutants: each patch fits the service as it is, and names a case and a judge of ours."""

from __future__ import annotations

import subprocess

import pytest

from bench.faults.__main__ import CASES
from bench.faults.judges import JUDGES
from bench.faults.mutants import ROOMS, Mutant, mutants
from bench.faults.service import ROOT

MUTANTS = mutants()
#: What must not be answered is noticed by the clients themselves.
JUDGED = {*JUDGES, "answers"}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_fits_the_service_as_it_is(mutant: Mutant) -> None:
    """Where this fails, the service has changed where the patch does: make the same fault in what is there now."""
    checked = subprocess.run(
        ["git", "apply", "--unidiff-zero", "--check", str(mutant.patch)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stderr


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_names_a_case_and_a_judge(mutant: Mutant) -> None:
    assert mutant.case in CASES
    assert mutant.judge in JUDGED
    assert mutant.fault.endswith(".")
    changed = [line.split()[2] for line in mutant.patch.read_text().splitlines() if line.startswith("diff --git")]
    assert changed
    assert all(path.removeprefix("a/").split("/")[0] in ROOMS for path in changed)


def test_every_judge_has_a_mutant_to_find() -> None:
    """`counts` says the same as others, sooner: what is lost as a whole."""
    assert {mutant.judge for mutant in MUTANTS} >= JUDGED - {"counts"}
