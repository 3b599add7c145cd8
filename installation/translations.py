"""Messages for gettext: each .po file is compiled to the .mo file that the service reads."""

from __future__ import annotations

from pathlib import Path

from installation.checkout import BIN, TRANSLATIONS
from installation.steps import Step, digest, run


def translations_step(python: Path = BIN / "python") -> Step:
    catalogues = sorted(TRANSLATIONS.rglob("*.po"))
    return Step(
        title="Compiling the translations",
        act=lambda: compile_catalogues(python, catalogues),
        inputs=digest(files=catalogues),
        stamp=TRANSLATIONS / ".stamp",
        outputs=tuple(path.with_suffix(".mo") for path in catalogues),
    )


def compile_catalogues(python: Path, catalogues: list[Path]) -> None:
    for catalogue in catalogues:
        run(
            [python, "-m", "babel.messages.frontend", "compile", "-i", catalogue, "-o", catalogue.with_suffix(".mo")],
        )
