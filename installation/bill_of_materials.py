"""The bill of materials (SBOM) of this checkout, in CycloneDX 1.6: `./liuzhuan sbom FILE`.

The same checkout gives the same bytes. Libraries inside of binary wheels, such as libpq in psycopg-binary, are not taken apart.
"""

from __future__ import annotations

import base64
import json
import sys
import uuid
from collections.abc import Iterable
from configparser import ConfigParser
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installation.checkout import ASSETS, BUNDLED, ROOT
from installation.steps import complain
from installation.third_parties import Package, beside, bundled

#: What it is made of, as the build of the web assets leaves it in a checkout.
READ = (ROOT / "setup.cfg", ASSETS / "package.json", ASSETS / "package-lock.json", BUNDLED)
_PAGES = {
    "npm": "https://www.npmjs.com/package/{name}/v/{version}",
    "pypi": "https://pypi.org/project/{name}/{version}/",
}


def bill() -> dict[str, Any]:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg")
    packages = [*beside(), *bundled()]
    version = settings["metadata"]["version"]
    us = f"pkg:pypi/liuzhuan@{version}"
    wanted = {("pypi", name) for name in _names(settings["options"]["install_requires"].splitlines())}
    wanted |= {("npm", name) for name in json.loads((ASSETS / "package.json").read_text())["dependencies"]}
    found: dict[str, Any] = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": us,
                "name": "liuzhuan",
                "version": version,
                "purl": us,
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": [_component(package) for package in packages],
        "dependencies": [
            {"ref": us, "dependsOn": sorted(each.purl for each in packages if (each.kind, each.name) in wanted)},
            *({"ref": each.purl, "dependsOn": _needs(each, packages)} for each in packages),
        ],
    }
    return {**found, "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(found))}"}


def _names(lines: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(line).name) for line in lines if line}


def _component(package: Package) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.purl,
        "name": package.name,
        "version": package.version,
        "purl": package.purl,
        "scope": "required",
        "licenses": [_licence(package.licence)],
        "externalReferences": [
            {"type": "website", "url": _PAGES[package.kind].format(name=package.name, version=package.version)},
        ],
    }
    if package.integrity:
        content = base64.b64decode(package.integrity.partition("-")[2]).hex()
        found["hashes"] = [{"alg": "SHA-512", "content": content}]
    return found


def _licence(text: str) -> dict[str, Any]:
    """Of terms that SPDX does not know the name; they stand in NOTICE."""
    return {"license": {"name": text}} if text.startswith("LicenseRef-") or not text else {"expression": text}


def _needs(package: Package, packages: Iterable[Package]) -> list[str]:
    return sorted(each.purl for each in packages if each.kind == package.kind and each.name in package.needs)


def main(words: list[str]) -> int:
    path = Path(words[0] if words else "liuzhuan.cdx.json")
    for needed in READ:
        if not needed.is_file():
            return complain(
                f"The bill of materials is made in a checkout, and there is no {needed}. Run there: ./liuzhuan sbom FILE"
            )
    try:
        path.write_text(json.dumps(bill(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as fault:
        return complain(f"The bill of materials cannot be written to {path}: {fault.strerror}. Name another file.")
    print(f"The bill of materials: {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
