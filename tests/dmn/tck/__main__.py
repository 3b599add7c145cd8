"""Lists every failure with expected and got, and ends with the line `N passed, N failed`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.dmn import DecisionStopped, Evaluation, Model, evaluate, evaluate_knowledge_model, evaluate_service
from tests.dmn.tck.cases import Case, CaseFile, Expected, Models, case_files
from tests.dmn.tck.values import same, shown


@dataclass(frozen=True)
class Failure:
    case: Case
    node: str
    expected: Any
    got: Any
    why: str = ""

    def __str__(self) -> str:
        where = f"{self.case.file.parent.name}/{self.case.file.name} case {self.case.id} node {self.node!r}"
        why = f" ({self.why})" if self.why else ""
        return f"FAILED {where}: expected {shown(self.expected)}, got {shown(self.got)}{why}"


def results(files: Iterator[CaseFile]) -> Iterator[tuple[Case, list[Failure]]]:
    """Every case with what failed in it."""
    for file in files:
        model = Models(file.path.parent).model(file.model)
        for case in file.cases:
            yield case, [failure for expected in case.expected if (failure := check(model, case, expected))]


def check(model: Model | None, case: Case, expected: Expected) -> Failure | None:
    if model is None or case.fault:
        return Failure(case, expected.node, expected.value, None, case.fault or "the model cannot be read")
    try:
        evaluation = _evaluated(model, case, expected)
    except DecisionStopped:
        evaluation = Evaluation(None)  # the kit has an error count as null
    except Exception as fault:  # one case must not keep the others from being run
        return Failure(case, expected.node, expected.value, None, f"{type(fault).__name__}: {fault}")
    if same(expected.value, evaluation.value):
        return None
    why = "; ".join(str(note.reason) for note in evaluation.notes[:3])
    return Failure(case, expected.node, expected.value, evaluation.value, why)


def _evaluated(model: Model, case: Case, expected: Expected) -> Evaluation:
    now = datetime.now(UTC)
    if case.kind == "bkm":
        return evaluate_knowledge_model(model, case.invocable or expected.node, case.inputs, now=now)
    if case.kind == "decisionService":
        return _output(evaluate_service(model, case.invocable, case.inputs, now=now), model, case, expected)
    return evaluate(model.imported.get(expected.namespace, model), expected.node, case.inputs, now=now)


def _output(evaluation: Evaluation, model: Model, case: Case, expected: Expected) -> Evaluation:
    """Of several output decisions the one that the result node names."""
    service = model.find_service(case.invocable)
    if service is None or len(service.outputs) == 1 or not isinstance(evaluation.value, dict):
        return evaluation
    return Evaluation(evaluation.value.get(expected.node), evaluation.trace, evaluation.notes)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.dmn.tck", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with test case files, at any depth")
    passed = failed = 0
    for folder in parser.parse_args(arguments).folders:
        for _, failures in results(case_files(folder)):
            for failure in failures:
                sys.stdout.write(f"{failure}\n")
            passed, failed = passed + (not failures), failed + bool(failures)
    sys.stdout.write(f"{passed} passed, {failed} failed\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
