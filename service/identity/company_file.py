"""Reads a company from one YAML file or a folder of CSV files into rows that remember their line."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import TypeAlias

import yaml

from engine.facts.errors import Problem
from engine.facts.sentences import Sentence

#: What a row of each kind may say; the first two are required.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "departments": ("id", "name", "nameEn", "parent", "head"),
    "positions": ("id", "name", "nameEn"),
    "roles": ("id", "name", "nameEn"),
    "people": (
        *("id", "name", "nameEn", "email", "department", "position", "superior"),
        *("roles", "rights", "language", "password", "active"),
    ),
}
#: Columns that hold several values: a list in YAML, separated by blanks in CSV.
LISTS = frozenset({"roles", "rights"})
LARGEST_FILE = 20_000_000

Value: TypeAlias = str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One person, department, position or role as written. Empty values are left out."""

    kind: str
    values: Mapping[str, Value]
    line: int
    file: str

    def text(self, column: str) -> str:
        value = self.values.get(column, "")
        return value if isinstance(value, str) else " ".join(value)

    def texts(self, column: str) -> tuple[str, ...] | None:
        value = self.values.get(column)
        return value if value is None or isinstance(value, tuple) else tuple(value.split())

    def problem(self, rule: str, sentence: Sentence, fix: Sentence | None = None) -> Problem:
        return Problem(rule, sentence, where=f"{self.kind}/{self.text('id')}", line=self.line, fix=fix, file=self.file)


@dataclass(frozen=True, slots=True)
class Written:
    """The rows of a file or folder in their order, and what could not be read."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read(path: Path) -> Written:
    """From a `.yaml` file or a folder holding departments.csv, positions.csv, roles.csv and people.csv (each optional)."""
    if path.is_dir():
        return _read_folder(path)
    if not path.is_file():
        return Written(
            (),
            (
                Problem(
                    "no-such-file",
                    Sentence("There is no file {path}.", path=str(path)),
                    file=str(path),
                    fix=Sentence("Check the name."),
                ),
            ),
        )
    text, problems = _text(path)
    return Written((), problems) if problems else _read_yaml(text, path.name)


def _text(path: Path) -> tuple[str, tuple[Problem, ...]]:
    content = path.read_bytes()
    if len(content) > LARGEST_FILE:
        return "", (
            Problem(
                "too-large",
                Sentence("{name} is larger than {limit:,} bytes.", name=path.name, limit=LARGEST_FILE),
                file=path.name,
            ),
        )
    try:
        return content.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return "", (
            Problem("encoding", Sentence("The file is not UTF-8."), line=line, file=path.name, fix=Sentence("Save it as UTF-8.")),
        )


def _read_folder(path: Path) -> Written:
    rows: list[Row] = []
    problems: list[Problem] = []
    for kind in COLUMNS:
        file = path / f"{kind}.csv"
        if file.is_file():
            text, unreadable = _text(file)
            problems += unreadable
            for found in _csv_rows(text, kind, file.name):
                (rows if isinstance(found, Row) else problems).append(found)  # type: ignore[arg-type]
    if not rows and not problems:
        names = ", ".join(f"{kind}.csv" for kind in COLUMNS)
        problems.append(
            Problem("empty", Sentence("The folder {name} holds none of {names}.", name=path.name, names=names), file=path.name)
        )
    return Written(tuple(rows), tuple(problems))


def _csv_rows(text: str, kind: str, file: str) -> Iterator[Row | Problem]:
    reader = csv.DictReader(StringIO(text))
    for column in reader.fieldnames or ():
        if column not in COLUMNS[kind]:
            yield _unknown_column(column, kind, 1, file)
    for record in reader:
        values: dict[str, Value] = {}
        for column, value in record.items():
            if column in COLUMNS[kind] and value and value.strip():
                values[column] = tuple(value.split()) if column in LISTS else value.strip()
        if None in record:
            yield Problem(
                "too-many-columns",
                Sentence("The row has more cells than the first line has names."),
                line=reader.line_num,
                file=file,
            )
        yield Row(kind, values, reader.line_num, file)


def _read_yaml(text: str, file: str) -> Written:
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + 1 if mark else 0
        return Written((), (Problem("yaml", Sentence("The file is not YAML: {why}.", why=error.problem), line=line, file=file),))
    except (yaml.YAMLError, RecursionError):
        return Written((), (Problem("yaml", Sentence("The file is not YAML."), file=file),))
    rows: list[Row] = []
    problems: list[Problem] = []
    for found in _yaml_rows(root, file):
        (rows if isinstance(found, Row) else problems).append(found)  # type: ignore[arg-type]
    return Written(tuple(rows), tuple(problems))


def _yaml_rows(root: yaml.Node | None, file: str) -> Iterator[Row | Problem]:
    if not isinstance(root, yaml.MappingNode):
        yield Problem("empty", Sentence("The file says none of {columns}.", columns=", ".join(COLUMNS)), line=1, file=file)
        return
    for key, listed in root.value:
        if key.value not in COLUMNS:
            yield Problem(
                "unknown-section",
                Sentence("There is no section '{name}'.", name=key.value),
                line=_line(key),
                file=file,
                fix=_choose(COLUMNS),
            )
        elif not isinstance(listed, yaml.SequenceNode):
            yield Problem(
                "not-a-list", Sentence("The section {name} is not a list.", name=key.value), line=_line(listed), file=file
            )
        else:
            for node in listed.value:
                yield from _yaml_row(node, key.value, file)


def _yaml_row(node: yaml.Node, kind: str, file: str) -> Iterator[Row | Problem]:
    if not isinstance(node, yaml.MappingNode):
        yield Problem(
            "not-a-row", Sentence("An entry of {kind} is not written as `name: value`.", kind=kind), line=_line(node), file=file
        )
        return
    values: dict[str, Value] = {}
    for key, value in node.value:
        if key.value not in COLUMNS[kind]:
            yield _unknown_column(str(key.value), kind, _line(key), file)
        elif (read := _yaml_value(key.value, value)) is None:
            wanted = Sentence("list of texts") if key.value in LISTS else Sentence("text")
            yield Problem(
                "wrong-type",
                Sentence("{name} is not written as a {wanted}.", name=key.value, wanted=wanted),
                line=_line(value),
                file=file,
            )
        elif read or key.value in LISTS:
            values[key.value] = read
    yield Row(kind, values, _line(node), file)


def _yaml_value(column: str, node: yaml.Node) -> Value | None:
    """The text, or the texts of a list; empty when nothing is said, None when something else is."""
    if isinstance(node, yaml.ScalarNode):
        return "" if node.value in ("null", "~") else str(node.value)
    if column in LISTS and isinstance(node, yaml.SequenceNode):
        texts = [each.value for each in node.value if isinstance(each, yaml.ScalarNode)]
        return tuple(texts) if len(texts) == len(node.value) else None
    return None


def _unknown_column(column: str, kind: str, line: int, file: str) -> Problem:
    return Problem(
        "unknown-column",
        Sentence("There is no '{column}' in {kind}.", column=column, kind=kind),
        line=line,
        file=file,
        fix=_choose(COLUMNS[kind]),
    )


def _choose(names: Mapping[str, tuple[str, ...]] | tuple[str, ...]) -> Sentence:
    return Sentence("Use one of {names}.", names=", ".join(names))


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
