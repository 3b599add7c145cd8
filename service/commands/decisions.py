"""`liuzhuan feel`, `liuzhuan decide`, `liuzhuan test`: expressions and decisions at hand. None needs a database."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

import click
import orjson

from engine import dmn
from engine.definitions.functions import FUNCTIONS
from engine.dmn.test_tables import CaseTable, Report, read_test_table, run_test_table
from engine.facts.errors import Problem
from engine.facts.local_time import by_clock_of
from engine.facts.sentences import Sentence
from engine.feel import FeelBudgetExceeded, FeelSyntaxError, Note, compile_expression, to_json
from service.commands import counting
from service.commands.speaking import REFUSED, said, say_problems
from service.settings import Settings

FEEL_EXAMPLE = """\b
Example:
  liuzhuan feel 'if amount > limit then "ask" else "pass"' --context '{"amount": 1200, "limit": 1000}'
"""
DECIDE_EXAMPLE = """\b
Example:
  liuzhuan decide processes/business/contract-approval-tier.dmn --input '{"amount": 250000}'
"""
TEST_EXAMPLE = """\b
Example:
  liuzhuan test processes/business
"""

#: What a test table's name ends with; the rest is the name of its model.
TEST_SUFFIX = ".tests.yaml"


class JsonObject(click.ParamType[dict[str, Any]]):
    """A JSON object, or `@FILE` that holds one."""

    name = "JSON"

    def convert(self, value: Any, parameter: click.Parameter | None, context: click.Context | None) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        try:
            content = orjson.loads(Path(value[1:]).read_bytes() if value.startswith("@") else value)
        except (OSError, ValueError) as fault:
            self.fail(f"This is not JSON: {fault}.", parameter, context)
        if not isinstance(content, dict):
            self.fail('This is JSON, but not an object like {"amount": 1200}.', parameter, context)
        return content


@click.command(epilog=FEEL_EXAMPLE)
@click.argument("expression")
@click.option("--context", "variables", type=JsonObject(), default=dict, help="Variables, as a JSON object or @FILE.")
@click.pass_context
def feel(context: click.Context, expression: str, variables: dict[str, Any]) -> None:
    """Print the value of a FEEL expression as JSON, and why it is null where it is."""
    notes: list[Note] = []
    try:
        compiled = compile_expression(expression, (*variables, *FUNCTIONS))
        value = compiled.evaluate({**FUNCTIONS, **variables}, now=_now(), notes=notes)
    except (FeelSyntaxError, FeelBudgetExceeded) as fault:
        click.secho(said(fault.sentence), fg="red", err=True)
        context.exit(REFUSED)
    _say(to_json(value))
    for note in notes:
        click.echo(f"column {note.position + 1}: {said(note.reason)}", err=True)


@click.command(epilog=DECIDE_EXAMPLE)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--input", "inputs", type=JsonObject(), default=dict, help="Input data, as a JSON object or @FILE.")
@click.option("--decision", help="Id or name; needed when the file holds several.")
@click.pass_context
def decide(context: click.Context, file: Path, inputs: dict[str, Any], decision: str | None) -> None:
    """Evaluate a decision of a DMN file: its value, every decision on the way and the rules that matched."""
    model = _model(context, file)
    names = [each.id for each in model.decisions]
    if decision is None and len(names) != 1:
        raise click.UsageError(f"{file} holds {len(names)} decisions; choose one with --decision: {', '.join(names)}")
    values = dmn.inputs_from_json(model, inputs)
    evaluation = dmn.evaluate(model, decision or names[0], values, now=_now(), functions=FUNCTIONS)
    _say(dmn.evaluation_as_json(evaluation))


@click.command(epilog=TEST_EXAMPLE)
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="FILE…")
@click.pass_context
def test(context: click.Context, paths: tuple[Path, ...]) -> None:
    """Run the test tables (NAME.dmn.tests.yaml) beside decisions; folders are searched."""
    files = [file for path in paths for file in _test_tables(path)]
    if not files:
        raise click.UsageError(f"There is no test table here; one is named NAME.dmn{TEST_SUFFIX}.")
    reports = [(file, _run(context, file)) for file in files]
    for file, report in reports:
        _say_report(file, report)
    outcomes = [outcome for _, report in reports for outcome in report.outcomes]
    failed = sum(not outcome.passed for outcome in outcomes)
    click.echo(f"{len(outcomes) - failed} passed, {failed} failed")
    if failed:
        context.exit(REFUSED)


def _say(value: Any) -> None:
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2, default=str))


def _model(context: click.Context, file: Path) -> dmn.Model:
    """The model of a file, or its problems and the end of the command."""
    reading = dmn.read(file.read_bytes(), functions=FUNCTIONS)
    if reading.model is None or not reading.is_valid:
        _refuse(context, file, reading.problems)
    return reading.model


def _refuse(context: click.Context, file: Path, problems: tuple[Problem, ...]) -> NoReturn:
    words = Sentence("{file} cannot be used: {problems}.", file=file, problems=counting.problems(len(problems)))
    click.secho(said(words), fg="red", err=True)
    say_problems(problems)
    context.exit(REFUSED)


def _test_tables(path: Path) -> list[Path]:
    return [path] if path.is_file() else sorted(path.rglob(f"*.dmn{TEST_SUFFIX}"))


def _run(context: click.Context, file: Path) -> Report:
    table: CaseTable = read_test_table(file.read_bytes())
    if table.problems:
        _refuse(context, file, table.problems)
    model = file.with_name(file.name.removesuffix(TEST_SUFFIX))
    if not model.is_file():
        raise click.UsageError(f"{file} has no model beside it: {model} is missing.")
    return run_test_table(table, _model(context, model), functions=FUNCTIONS)


def _say_report(file: Path, report: Report) -> None:
    for outcome in report.outcomes:
        if outcome.sentence is not None:
            sentences = " ".join(map(said, (outcome.sentence, *outcome.notes)))
            click.echo(f"{file}: {outcome.case.name}: {sentences}", err=True)
    for table, rule in report.unused:
        click.echo(f"{file}: no case matches rule {rule} of {table}.", err=True)


def _now() -> datetime:
    """By the clock of the company, as in its processes."""
    return by_clock_of(ZoneInfo(Settings.from_environment(os.environ, is_serving=False).time_zone), datetime.now(UTC))
