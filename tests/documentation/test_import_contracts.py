from __future__ import annotations

from importlinter.cli import lint_imports

from installation.checkout import ROOT


def test_imports_go_one_way() -> None:
    assert lint_imports(config_filename=str(ROOT / "setup.cfg"), no_cache=True) == 0
