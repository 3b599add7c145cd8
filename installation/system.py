"""What has to come from the operating system: Python's venv module, and a browser for the tests."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

from installation.steps import StepFailed, run, with_time

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
VENV_PACKAGES = ("python3-venv",)
#: The font, because the pages are Chinese.
BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk")


def missing_packages(*, for_tests: bool) -> list[str]:
    """The Debian packages that this machine lacks."""
    packages = [] if has_venv() else list(VENV_PACKAGES)
    if for_tests and not has_browser():
        packages += BROWSER_PACKAGES
    return packages


def has_venv() -> bool:
    """Debian splits ensurepip, which fills a new environment, from the rest of Python."""
    return find_spec("ensurepip") is not None


def has_browser(environment: Mapping[str, str] = os.environ) -> bool:
    if Path(environment.get("PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH", "/-")).exists():
        return True
    return any(shutil.which(name) for name in BROWSERS)


def ensure_packages(packages: list[str]) -> None:
    """Install them as root; as anybody else say how to."""
    if not packages:
        return
    names = " ".join(packages)
    if shutil.which("apt-get") is None:
        raise StepFailed(f"This machine lacks what Debian calls {names}. Install it the way of this system, then start again.")
    if os.geteuid() != 0:
        raise StepFailed(
            f"This machine lacks: {names}. Give this command, then start again:\n\n"
            f"    sudo sh -c 'apt-get update && apt-get install -y {names}'\n"
        )
    with_time(f"Installing {names}", lambda: install(packages))


def install(packages: list[str]) -> None:
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], environment=quiet)
    run(["apt-get", "install", "-y", "--no-install-recommends", *packages], environment=quiet)
