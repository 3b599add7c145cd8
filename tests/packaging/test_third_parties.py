"""NOTICE and the bill of materials tell everything of others that is in a wheel or beside it."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from jsonschema import Draft7Validator
from license_expression import get_spdx_licensing
from referencing import Registry, Resource

from installation import bill_of_materials
from installation.bill_of_materials import bill, main
from installation.checkout import ASSETS, ROOT
from installation.notice import NOTICE, notice
from installation.third_parties import beside, bundled

SCHEMAS = files("cyclonedx.schema") / "_res"


@pytest.fixture(scope="module")
def materials() -> Mapping[str, Any]:
    return bill()


def test_the_notice_is_the_one_of_what_is_installed() -> None:
    """Where this fails: python -m installation.notice"""
    assert NOTICE.read_text(encoding="utf-8") == notice()


def test_everything_in_the_bundles_has_its_terms() -> None:
    found = bundled()
    assert {"bpmn-js", "@bpmn-io/form-js-viewer", "@tabler/core", "@tabler/icons", "preact", "htmx.org"} <= {
        p.name for p in found
    }
    text = NOTICE.read_text(encoding="utf-8")
    for package in found:
        assert package.texts, f"{package.name} has no terms: put those of its source into installation/terms"
        assert f"{package.name} {package.version} ({package.licence})" in text
        for terms in package.texts:
            assert terms in text


def test_the_mark_of_bpmn_io_is_asked_for() -> None:
    assert "MUST NOT be\nremoved or changed" in NOTICE.read_text(encoding="utf-8")


def test_every_licence_has_a_name_that_tools_know() -> None:
    known = get_spdx_licensing()
    for package in (*beside(), *bundled()):
        assert package.licence, package.name
        if not package.licence.startswith("LicenseRef-"):
            assert known.validate(package.licence).errors == [], package


def test_nothing_forbids_the_service_to_be_given_away_under_its_licence() -> None:
    """No terms that would reach over to the service's own code."""
    for package in (*beside(), *bundled()):
        assert not {"GPL-2.0", "GPL-3.0", "AGPL-3.0"} & {word.removesuffix("-only") for word in package.licence.split()}, package


def test_what_is_bundled_is_what_package_lock_pins() -> None:
    locked = json.loads((ASSETS / "package-lock.json").read_text())["packages"]
    for package in bundled():
        assert locked[f"node_modules/{package.name}"]["version"] == package.version
        assert package.integrity.startswith("sha512-")


def test_the_bill_of_materials_is_cyclonedx(materials: Mapping[str, Any]) -> None:
    names = [f"{name}.SNAPSHOT.schema.json" for name in ("bom-1.6", "spdx", "jsf-0.82")]
    schemas = {name: json.loads((SCHEMAS / name).read_text()) for name in names}
    known = [(urljoin(schemas[names[0]]["$id"], name), Resource.from_contents(schema)) for name, schema in schemas.items()]
    registry: Registry[Any] = Registry().with_resources(known)
    validator = Draft7Validator(schemas[names[0]], registry=registry)
    assert [error.message for error in validator.iter_errors(materials)] == []
    assert [error.message for error in validator.iter_errors({**materials, "specVersion": 7})] != []


def test_the_bill_of_materials_has_every_package_once(materials: Mapping[str, Any]) -> None:
    listed = [component["purl"] for component in materials["components"]]
    assert sorted(listed) == sorted({package.purl for package in (*beside(), *bundled())})
    refs = {*listed, materials["metadata"]["component"]["purl"]}
    assert {each["ref"] for each in materials["dependencies"]} == refs
    assert {name for each in materials["dependencies"] for name in each["dependsOn"]} <= refs


def test_an_archive_of_npm_is_known_by_its_hash(materials: Mapping[str, Any]) -> None:
    by_name = {component["name"]: component for component in materials["components"]}
    preact = next(package for package in bundled() if package.name == "preact")
    assert by_name["preact"]["hashes"][0]["content"] == base64.b64decode(preact.integrity[7:]).hex()


def test_the_same_checkout_gives_the_same_bill(materials: Mapping[str, Any], tmp_path: Any) -> None:
    assert main([str(tmp_path / "bom.json")]) == 0
    assert json.loads((tmp_path / "bom.json").read_text()) == materials


def test_the_notice_is_in_the_sources() -> None:
    assert "NOTICE" in (ROOT / "MANIFEST.in").read_text().split()


def test_outside_of_a_checkout_and_where_nothing_can_be_written_the_bill_is_refused_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nowhere" / "bill.json")]) == 1
    assert "cannot be written to" in capsys.readouterr().err
    for needed in bill_of_materials.READ:
        monkeypatch.setattr(bill_of_materials, "READ", (tmp_path / needed.name,))
        assert main([str(tmp_path / "bill.json")]) == 1
        assert f"there is no {tmp_path / needed.name}" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
