"""Where things are in this checkout."""

from __future__ import annotations

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
TRANSLATIONS = ROOT / "service" / "translations"
