"""What has to come from the operating system: Python's venv module, and for the tests a browser and a pooler."""

from __future__ import annotations

import os
import shutil
import sys
from ctypes.util import find_library
from importlib.util import find_spec
from pathlib import Path

from installation.checkout import BIN
from installation.steps import StepFailed, run, with_time

BROWSERS = ("google-chrome", "google-chrome-stable")
DEBIAN_BROWSERS = ("chromium", "chromium-browser")
VENV_PACKAGES = ("python3-venv",)
#: The font, because the pages are Chinese.
BROWSER_PACKAGES = ("chromium", "fonts-noto-cjk")
#: Playwright's driver is linked to it.
DRIVER_PACKAGES = ("libatomic1",)
#: The pooler that the tests set between the service and PostgreSQL.
POOLER_PACKAGES = ("pgbouncer",)
PLAYWRIGHT = BIN / "playwright"
#: Where Playwright puts a browser of its own.
PLAYWRIGHT_BROWSERS = Path.home() / ".cache" / "ms-playwright"


def missing_packages(*, for_tests: bool) -> list[str]:
    """The Debian packages that this machine lacks."""
    packages = [] if has_venv() else list(VENV_PACKAGES)
    if for_tests and not has_browser() and not is_ubuntu():
        packages += BROWSER_PACKAGES
    if for_tests and not has_driver_library():
        packages += DRIVER_PACKAGES
    if for_tests and find_pooler() is None:
        packages += POOLER_PACKAGES
    return packages


def has_venv() -> bool:
    """Debian splits ensurepip, which fills a new environment, from the rest of Python."""
    return find_spec("ensurepip") is not None


def has_driver_library() -> bool:
    return sys.platform != "linux" or find_library("atomic") is not None


def find_pooler() -> Path | None:
    """Debian puts it where only root's PATH leads."""
    found = shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")
    return Path(found) if found else None


def has_browser() -> bool:
    if Path(os.environ.get("PLAYWRIGHT_CHROMIUM_EXECUTABLE_PATH", "/-")).exists() or any(PLAYWRIGHT_BROWSERS.glob("chromium-*")):
        return True
    return any(shutil.which(name) for name in usable_browsers())


def usable_browsers() -> tuple[str, ...]:
    """Names of programs. On Ubuntu `chromium` is a snap, which does not run in a container; Playwright brings another one."""
    return BROWSERS if is_ubuntu() else (*DEBIAN_BROWSERS, *BROWSERS)


def is_ubuntu() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=ubuntu" in release.read_text().splitlines()


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


def ensure_browser() -> None:
    """After the tests' libraries are installed: Playwright is one of them."""
    if has_browser():
        return
    if os.geteuid() != 0:
        raise StepFailed(
            "This machine lacks a browser. Give this command, then start again:\n\n"
            f"    sudo {PLAYWRIGHT} install-deps chromium && {PLAYWRIGHT} install chromium\n"
        )
    with_time("Installing Chromium", install_browser)


def install_browser() -> None:
    run([PLAYWRIGHT, "install", "--with-deps", "chromium"])
