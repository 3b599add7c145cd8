"""Where things are in this checkout."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
#: Node for the asset build, outside of the environment that the service runs in.
NODE_PACKAGES = VENV / "node"
STAMPS = VENV / "stamps"
ASSETS = ROOT / "service" / "web" / "assets"
STATIC = ROOT / "service" / "web" / "static"
FORM_SERVER = ROOT / "service" / "forms" / "form_server.js"
#: Which npm packages are in the bundles: written by the build, for who names them.
BUNDLED = ASSETS / "node_modules" / ".bundled.json"
TRANSLATIONS = ROOT / "service" / "translations"


def files_below(folder: Path) -> Iterator[Path]:
    """All files below, but for those of libraries: there are a hundred times as many."""
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in ("node_modules", "__pycache__")]
        yield from (Path(place, name) for name in names)
