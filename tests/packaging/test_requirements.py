from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from configparser import ConfigParser
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installation.checkout import ROOT

OWN = {"engine", "service", "_typeshed"}
#: Needed by name only: time zones where the system has none; the compiler of translations.
NOT_IMPORTED = {"tzdata", "babel"}


def imported() -> set[str]:
    """The third-party packages that the shipped code imports."""
    roots = {name for room in OWN for path in (ROOT / room).rglob("*.py") for name in imports(ast.parse(path.read_text()))}
    return roots - OWN - sys.stdlib_module_names


def imports(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def required() -> set[str]:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg")
    lines = settings["options"]["install_requires"].splitlines()
    return {canonicalize_name(Requirement(line).name) for line in lines if line}


def test_everything_that_is_imported_is_required_and_nothing_else() -> None:
    distributions = packages_distributions()
    needed = {canonicalize_name(distributions[name][0]) for name in imported()}
    assert needed | NOT_IMPORTED == required()
