"""Which version of each library is installed, and the hashes of its files: `python -m installation.locks` writes the locks anew.

A lock is a file of requirements as pip and uv read them, for every Python from 3.11 on and every machine there are wheels for.
What is locked already stays as it is while setup.cfg allows it; `--upgrade NAME` takes the newest version of that library.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator, Sequence
from configparser import ConfigParser
from pathlib import Path

from installation.checkout import BIN, ROOT
from installation.libraries import LOCKS, NODE_REQUIREMENT, UV_REQUIREMENT, lock, uv_settings
from installation.steps import run

#: The oldest Python whose versions are locked; newer ones get the same. Where packages come from is not the lock's business.
_OPTIONS = (
    *("--python-version", "3.11", "--universal", "--generate-hashes", "--only-binary", ":all:"),
    *("--no-header", "--no-annotate", "--no-emit-index-url"),
)
_HEAD = "# {what}\n# Written by `python -m installation.locks`; not meant to be changed by hand.\n"
_PINNED = re.compile(r"^([\w.-]+)==(\S+)")


def requirements() -> dict[str, tuple[str, list[str]]]:
    """By the name of a lock what it is for and what it answers, as setup.cfg and this folder say."""
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg")
    extras = settings["options.extras_require"].items()
    return {
        "service": ("What the service runs with.", _lines(settings["options"]["install_requires"])),
        "build": ("What builds the package itself.", ["setuptools >= 80"]),
        **{extra: (f"What the extra {extra} adds to the service.", _lines(text)) for extra, text in extras},
        "uv": ("What installs everything else.", [UV_REQUIREMENT]),
        "node": ("What builds the web assets.", [NODE_REQUIREMENT]),
    }


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line]


def write(upgraded: Sequence[str] = (), *, upgrades_all: bool = False) -> None:
    """Each lock in turn. One has only what those before it lack, in the same versions."""
    LOCKS.mkdir(exist_ok=True)
    upgrades = ["--upgrade"] if upgrades_all else [word for name in upgraded for word in ("--upgrade-package", name)]
    before = ""
    for name, (what, wanted) in requirements().items():
        found = _compiled([*wanted, *_pins(before)], lock(name), upgrades)
        known = _blocks(before)
        new = "".join(text for key, text in _blocks(found).items() if key not in known)
        lock(name).write_text(_HEAD.format(what=what) + new)
        before += new


def _compiled(wanted: Sequence[str], earlier: Path, upgrades: Sequence[str]) -> str:
    """What uv finds for the requirements; what was locked earlier is preferred."""
    with tempfile.TemporaryDirectory() as folder:
        asked, output = Path(folder, "asked.in"), Path(folder, "lock.txt")
        asked.write_text("\n".join(wanted) + "\n")
        if earlier.exists():
            output.write_text(earlier.read_text())
        words: list[str | Path] = [BIN / "uv", "pip", "compile", asked, "--output-file", output, *_OPTIONS, *upgrades]
        run(words, environment=uv_settings())
        return output.read_text()


def _blocks(text: str) -> dict[str, str]:
    """By name each pin with its hashes."""
    found: dict[str, str] = {}
    name = ""
    for line in text.splitlines(keepends=True):
        if pinned := _PINNED.match(line):
            name = pinned[1]
        if name:
            found[name] = found.get(name, "") + line
    return found


def _pins(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if _PINNED.match(line):
            yield line.rstrip(" \\")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m installation.locks", description=__doc__.partition("\n")[0])
    parser.add_argument("--upgrade", action="append", default=[], metavar="NAME", help="take the newest version of it")
    parser.add_argument("--upgrade-all", action="store_true", help="take the newest version of everything")
    given = parser.parse_args()
    write(given.upgrade, upgrades_all=given.upgrade_all)
