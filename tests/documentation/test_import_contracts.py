from __future__ import annotations

import subprocess
import sys

from installation.checkout import ROOT

#: In a process of its own: import-linter switches off every logger that it finds.
LINT = "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"


def test_imports_go_one_way() -> None:
    done = subprocess.run([sys.executable, "-c", LINT], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
