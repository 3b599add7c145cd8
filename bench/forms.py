"""How long the check of a submitted form takes: judged in Python, and by form-js in V8 beside it, in one run.

python -m bench.forms [--times 3000]

The form of twelve fields that completions are measured with, its field rights included, then every shipped form, each with values
of a kind that its fields take. Both judges must agree on each. No HTTP, no database.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
import tracemalloc
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from bench.chain import FILLED_IN, FORM, RIGHTS, VARIABLES
from service.forms import rights
from service.forms.judging import compile_form
from service.forms.rights import Rights
from service.forms.validation import FormValidator
from tests.forms.judges import NoCompany
from tests.forms.random_forms import Forms

SHIPPED = sorted((Path(__file__).parents[1] / "forms").glob("*/*.form.json"))
NOW = datetime(2026, 11, 30, 9, 30, tzinfo=UTC)
#: V8 is asked so many times less.
SLOWER = 20

Schema = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=3_000, help="checks of each form (default: %(default)s)")
    times = parser.parse_args().times
    validator = FormValidator()
    print(f"{'microseconds':36} {'fields':>6} {'python':>8} {'p99':>8} {'V8':>8} {'p99':>8} {'V8/python':>9} {'compile':>8}")
    measure("twelve", json.loads(FORM.content), FILLED_IN, RIGHTS, VARIABLES, times, validator)
    for path in SHIPPED:
        schema = with_people(json.loads(path.read_text()))
        measure(path.name.partition(".")[0], schema, filled_in(schema), {}, {}, times // 10, validator)
    validator.close()
    print(f"\n{memory() / 1024:.1f} kB for each compiled form that is shipped")


def measure(
    name: str,
    schema: Schema,
    sent: Mapping[str, Any],
    access: Rights,
    known: Mapping[str, Any],
    times: int,
    validator: FormValidator,
) -> None:
    form, company, permitted = compile_form(schema, access), NoCompany(), rights.permitted(schema, access)

    def here() -> Any:
        return form.judge(sent, known, company=company, now=NOW)

    def in_v8() -> Any:
        return validator.validate(permitted, sent, known={each: value for each, value in known.items() if each not in sent})

    ours, theirs = here(), in_v8()
    if len(ours[1]) != len(theirs[1]):
        raise SystemExit(f"{name}: the judges disagree: {ours[1]} {theirs[1]}")
    python, python_p99 = spans(here, times)
    v8, v8_p99 = spans(in_v8, max(times // SLOWER, 20))
    compiling, _ = spans(lambda: compile_form(schema, access), 30)
    fields = sum(1 for _ in keyed(schema))
    print(f"{name:36} {fields:6} {python:8.1f} {python_p99:8.1f} {v8:8.0f} {v8_p99:8.0f} {v8 / python:9.0f} {compiling:8.0f}")


def spans(call: Callable[[], Any], times: int) -> tuple[float, float]:
    """Median and 99th percentile in microseconds."""
    found = []
    for _ in range(times):
        began = time.perf_counter_ns()
        call()
        found.append((time.perf_counter_ns() - began) / 1_000)
    found.sort()
    return statistics.median(found), found[len(found) * 99 // 100]


def keyed(component: Schema) -> Iterator[Schema]:
    for each in component["components"]:
        if "key" in each:
            yield each
        if "components" in each:
            yield from keyed(each)


def with_people(component: Schema) -> Schema:
    """Pickers get options of their own, so that V8 has them too."""
    made = {name: value for name, value in component.items() if name != "properties"}
    if component.get("properties", {}).get("source"):
        made["values"] = [{"value": each, "label": each} for each in ("li.na", "wang.wei")]
    if "components" in made:
        made["components"] = [with_people(each) for each in made["components"]]
    return made


def filled_in(schema: Schema) -> dict[str, Any]:
    """Of many random submissions the one with the fewest problems among the longest."""
    forms, form = Forms(Random(3)), compile_form(schema)
    found = [forms.submission(schema, 0) for _ in range(200)]
    problems = [len(form.judge(sent, {}, company=NoCompany(), now=NOW)[1]) for sent in found]
    return max(zip(found, problems, strict=True), key=lambda pair: (len(pair[0]), -pair[1]))[0]


def memory() -> float:
    """Bytes of a compiled form, on average."""
    schemas = [json.loads(path.read_text()) for path in SHIPPED]
    tracemalloc.start()
    kept = [compile_form(schema) for schema in schemas]
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size / len(kept)


if __name__ == "__main__":
    main()
