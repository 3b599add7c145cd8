from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from installation.checkout import ROOT

ROOMS = ("engine", "forms", "migrations", "processes", "service")
BUILT_FROM = ROOT / "service" / "web" / "assets"
NOT_SHIPPED = {"__pycache__", "assets"}


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


def files_of(room: str) -> list[str]:
    """Every file of the room, save what is not shipped: sources of the assets, caches, stamps."""
    paths = (path.relative_to(ROOT) for path in (ROOT / room).rglob("*") if path.is_file())
    return [str(path) for path in paths if not NOT_SHIPPED & set(path.parts) and not path.name.startswith(".")]


@pytest.mark.parametrize("room", ROOMS)
def test_every_file_of_a_room_is_in_the_wheel(room: str, names: set[str]) -> None:
    files = files_of(room)
    assert files
    assert [file for file in files if file not in names] == []


def test_the_built_assets_are_in_the_wheel(names: set[str]) -> None:
    manifest = json.loads((ROOT / "service/web/static/manifest.json").read_text())
    assert {"app.js", "app.css", "form.js", "diagram.js", "icons.svg"} <= set(manifest)
    assert [file for file in manifest.values() if f"service/web/static/{file}" not in names] == []
    assert "service/forms/form_server.js" in names


def test_translations_are_compiled(names: set[str]) -> None:
    catalogues = [name for name in names if name.endswith(".po")]
    assert catalogues
    assert [name for name in catalogues if name.removesuffix("po") + "mo" not in names] == []


def test_nothing_else_is_in_the_wheel(names: set[str]) -> None:
    assert {name.partition("/")[0].partition(".dist-info")[0] for name in names} == {*ROOMS, "liuzhuan-0.1.0"}
    assert [name for name in names if "node_modules" in name or name.startswith(str(BUILT_FROM.relative_to(ROOT)))] == []


def test_the_command_works_from_the_wheel_alone(installed: Path) -> None:
    """Away from the checkout: what is found is what was packed."""
    program = "import sys; from service.cli import main; sys.exit(main(['--help']))"
    finished = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=installed,
        env={"PYTHONPATH": str(installed), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert "demo" in finished.stdout
