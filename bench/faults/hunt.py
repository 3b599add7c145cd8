"""Plays the case of every mutant and prints who has caught it; before that each case as it is, which nobody may complain of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from bench.faults.mutants import DoesNotApply, Mutant, mutants, mutated
from bench.faults.report import Report
from bench.faults.service import ROOT
from bench.faults.stage import Prepared, prepared

#: Plays a case: its size, the database, and for its stage the checkout whose service runs and what it may begin with.
Play = Callable[..., Report]
#: Errands that a mutant stops are not waited for as long as those of a machine that is busy.
PATIENCE = {"errands": {"patience": 20.0}}


def hunt(plays: Mapping[str, Play], only: str = "") -> int:
    """How many mutants were not caught by the judge that is there for them. `only`: a part of the names of those to play."""
    hunted = [mutant for mutant in mutants() if only in mutant.name]
    missed = 0
    with prepared() as ready:
        for case, size, database in sorted({(each.case, each.size, each.database) for each in hunted}):
            missed += _unharmed(plays[case], case, size, database, ready)
        for mutant in hunted:
            missed += _hunted(mutant, plays[mutant.case], ready)
    print(f"{len(hunted)} mutants, {missed} not caught." if missed else f"All {len(hunted)} mutants are caught.")
    return missed


def _unharmed(play: Play, case: str, size: int, database: str, ready: Prepared) -> int:
    """What nobody has made wrong nobody may complain of."""
    name = f"none: {case} {size:,}"
    try:
        report = _played(play, case, size, database, ready, ROOT)
    except SystemExit as end:
        print(f"WRONG  {name}: the case could not be played: {end}", flush=True)
        return 1
    return _told(name, not report.findings, "nobody", report)


def _hunted(mutant: Mutant, play: Play, ready: Prepared) -> int:
    try:
        with mutated(mutant) as root:
            report = _played(play, mutant.case, mutant.size, mutant.database, ready, root)
    except DoesNotApply as refusal:
        print(f"WRONG  {mutant.name}: the patch does not apply any more: {refusal}", flush=True)
        return 1
    except SystemExit as end:
        print(f"WRONG  {mutant.name}: the case could not be played: {end}", flush=True)
        return 1
    return _told(mutant.name, mutant.judge in report.judges, mutant.judge, report)


def _played(play: Play, case: str, size: int, database: str, ready: Prepared, root: Path) -> Report:
    return play(size, database, root=root, prepared=ready if database == "sqlite" else None, **PATIENCE.get(case, {}))


def _told(name: str, is_right: bool, judge: str, report: Report) -> int:
    """One line of the table; 1 where the judgement is wrong."""
    found = ", ".join(f"{each} {count}" for each, count in report.judges.items()) or "nobody"
    said = next((finding.sentence for finding in report.findings if finding.judge == judge), "")
    wanted = "" if is_right else f", wanted: {judge}"
    print(f"{'ok   ' if is_right else 'WRONG'}  {name:32}  caught by {found}{wanted}  {said[:110]}", flush=True)
    return 0 if is_right else 1
