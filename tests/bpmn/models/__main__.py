"""`python -m tests.bpmn.models FOLDER…`: a line of numbers for each folder, the rules that refuse, and every defect."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bpmn.models.driving import Defect, Surroundings, drive
from tests.bpmn.models.reading import Collection, read_folder

SEEDS = range(3)


def main(arguments: Sequence[str]) -> int:
    """0 when there is no defect."""
    defects: list[str] = []
    for folder in map(Path, arguments):
        outcomes: Counter[str] = Counter()
        collection = read_folder(folder)
        found = list(defects_of(collection, outcomes))
        lines = [_numbers(collection, outcomes, len(found)), *_refusals(collection), *found]
        sys.stdout.write("".join(f"{line}\n" for line in lines))
        defects += found
    return 1 if defects else 0


def _numbers(collection: Collection, outcomes: Counter[str], defects: int) -> str:
    states = collection.states
    return (
        f"{collection.folder.name}: {len(collection.files)} files, "
        f"{states['executable']} executable, {states['drawing']} drawings, "
        f"{states['refused']} refused, {states['crashed']} crashed; {outcomes.total()} runs, {outcomes['ended']} ended, "
        f"{outcomes['waiting']} waiting, {outcomes['failed']} failed, {defects} defects"
    )


def _refusals(collection: Collection) -> Iterator[str]:
    yield from (f"  {count} refused by {rule}" for rule, count in collection.rules.most_common())


def defects_of(collection: Collection, outcomes: Counter[str]) -> Iterator[str]:
    """Those of reading, and of driving every executable process; counts how the runs ended."""
    yield from (f"{file.path}: {file.defect}" for file in collection.files if file.defect)
    host = Surroundings({key: model for _, model in collection.models for key in model.processes})
    for path, model in collection.models:
        own = Surroundings({**host.model_of, **dict.fromkeys(model.processes, model)})
        for key in (key for key, process in model.processes.items() if process.is_executable):
            for seed in SEEDS:
                try:
                    outcomes[drive(own, key, seed)] += 1
                except Defect as defect:
                    yield f"{path} {key} seed {seed}: {defect}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
