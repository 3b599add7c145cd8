"""What of others is in a wheel of this checkout, and what it is installed with: names, versions, licences and their texts.

Unlike the rest of this folder it needs the environment that ./liuzhuan sets up.

In the wheel are the npm packages of which the web bundles have something; beside it are the Python packages of the lock.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installation.checkout import ASSETS, BUNDLED
from installation.libraries import lock

#: The terms of packages that come without them, as their sources have them.
_FORGOTTEN = Path(__file__).parent / "terms"
#: Names of files with terms.
_TERMS = re.compile(r"^(licen[cs]e|copying|notice)", re.IGNORECASE)
#: What classifiers and free texts of metadata mean, by SPDX.
_SPDX = {
    "MIT License": "MIT",
    "MIT license": "MIT",
    "BSD License": "BSD-3-Clause",
    "BSD": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "lGPLv3": "LGPL-3.0-only",
    "SEE LICENSE IN LICENSE": "LicenseRef-bpmn-io",
    "BSD-0-Clause": "0BSD",
    "(MPL-2.0 OR Apache-2.0)": "MPL-2.0 OR Apache-2.0",
}


@dataclass(frozen=True)
class Package:
    """`kind` as package URLs name it; `licence` in SPDX; `needs`: names of others, of the same kind."""

    kind: str
    name: str
    version: str
    licence: str
    texts: tuple[str, ...]
    needs: tuple[str, ...] = ()
    #: Of npm's one archive, as package-lock.json has it: sha512-BASE64.
    integrity: str = ""

    @property
    def purl(self) -> str:
        return f"pkg:{self.kind}/{self.name.replace('@', '%40')}@{self.version}"


def bundled() -> list[Package]:
    """Written by the build of the web assets."""
    locked = json.loads((ASSETS / "package-lock.json").read_text())["packages"]
    listed = json.loads(BUNDLED.read_text())
    names = {each["name"] for each in listed}
    return [_npm(each, locked[each["folder"]], names) for each in sorted(listed, key=lambda each: str(each["name"]))]


def _npm(listed: dict[str, str], locked: dict[str, Any], names: set[str]) -> Package:
    licence = locked.get("license", "")
    needs = sorted(names & locked.get("dependencies", {}).keys())
    return Package(
        "npm",
        listed["name"],
        listed["version"],
        _SPDX.get(licence, licence),
        tuple(_texts(ASSETS / listed["folder"])) or _told_elsewhere(listed["name"]),
        tuple(needs),
        locked.get("integrity", ""),
    )


def _told_elsewhere(name: str) -> tuple[str, ...]:
    """For a package that names its licence and forgets the text."""
    path = _FORGOTTEN / f"{name.replace('/', '+')}.txt"
    return (_clean(path.read_text(encoding="utf-8")),) if path.exists() else ()


def _texts(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        if path.is_file() and _TERMS.match(path.name):
            yield _clean(path.read_text(encoding="utf-8"))


def beside(name: str = "service") -> list[Package]:
    """The packages of a lock, those that this machine and this Python install."""
    found = []
    for line in lock(name).read_text().splitlines():
        if "==" not in line or line.startswith((" ", "#")):
            continue
        requirement = Requirement(line.rstrip(" \\"))
        if requirement.marker is None or requirement.marker.evaluate():
            found.append(_pypi(requirement.name, next(iter(requirement.specifier)).version))
    return sorted(found, key=lambda package: package.name)


def _pypi(name: str, version: str) -> Package:
    try:
        installed = distribution(name)
    except PackageNotFoundError as fault:
        raise SystemExit(f"{name} is locked and not installed. ./liuzhuan set-up installs it.") from fault
    if installed.version != version:
        raise SystemExit(f"{name} {version} is locked, {installed.version} is installed. ./liuzhuan set-up installs it.")
    return Package("pypi", name, version, _licence(installed), tuple(_terms(installed)), tuple(_needs(installed)))


def _licence(installed: Distribution) -> str:
    told = installed.metadata
    if "License-Expression" in told:
        return told["License-Expression"]
    texts = [told["License"].partition("\n")[0]] if "License" in told else []
    texts += [each.rpartition(" :: ")[2] for each in told.get_all("Classifier") or () if each.startswith("License")]
    return next((_SPDX.get(text, text) for text in texts if text in _SPDX or re.fullmatch(r"[\w.-]+", text)), "")


def _terms(installed: Distribution) -> Iterator[str]:
    for path in sorted(installed.files or (), key=str):
        if _TERMS.match(path.name) and ".dist-info" in str(path):
            yield _clean(path.read_text(encoding="utf-8"))


def _needs(installed: Distribution) -> Iterator[str]:
    for line in sorted(installed.requires or ()):
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())
