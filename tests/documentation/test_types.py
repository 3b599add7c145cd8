"""CONTRIBUTING: fully typed. What mypy reads is every folder with Python in it."""

from __future__ import annotations

from configparser import ConfigParser

from installation.checkout import ROOT

#: Not of the repository: what a set-up or a build leaves.
MADE = {"build", "dist", "var"}


def test_every_folder_with_code_is_checked_for_types() -> None:
    settings = ConfigParser()
    settings.read(ROOT / "setup.cfg")
    checked = {each.strip() for each in settings["mypy"]["files"].split(",")}
    folders = (each for each in ROOT.iterdir() if each.is_dir() and each.name not in MADE and not each.name.startswith("."))
    assert {each.name for each in folders if next(each.rglob("*.py"), None)} == checked
    assert settings["mypy"]["exclude"] == "^service/web/assets/"
