"""Writes NOTICE, the file that goes with every copy of the wheel: `python -m installation.notice`.

Needs the environment and the built web assets of ./liuzhuan.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from installation.checkout import ROOT
from installation.third_parties import Package, beside, bundled

NOTICE = ROOT / "NOTICE"

_HEAD = """流转 Liuzhuan
Licensed under the Apache License, Version 2.0; see LICENSE.

The web pages draw diagrams with bpmn-js and forms with form-js. Their licence asks that the mark of bpmn.io, which links to
https://bpmn.io, stays fully visible wherever a diagram or a form is shown, on paper too.

Written by `python -m installation.notice`.
"""
_IN = "IN THE WHEEL: npm packages of which the web bundles have something, with their terms"
_BESIDE = "BESIDE IT: Python packages that it is installed with; each brings its terms in its own .dist-info folder"
_LINE = "=" * 100


def notice() -> str:
    parts = [_HEAD, f"{_LINE}\n{_IN}\n{_LINE}\n", *_with_terms(bundled()), f"{_LINE}\n{_BESIDE}\n{_LINE}\n", *_listed(beside())]
    return "\n".join(parts)


def _with_terms(packages: Iterable[Package]) -> Iterator[str]:
    """Terms that several have stand once."""
    by_terms: dict[tuple[str, ...], list[Package]] = {}
    for package in packages:
        by_terms.setdefault(package.texts, []).append(package)
    for texts, those in by_terms.items():
        names = "\n".join(f"{each.name} {each.version} ({each.licence})" for each in those)
        yield "\n\n".join((names, *texts)) + f"\n\n{'-' * 100}\n"


def _listed(packages: Iterable[Package]) -> Iterator[str]:
    yield "\n".join(f"{each.name} {each.version} ({each.licence})" for each in packages) + "\n"


if __name__ == "__main__":
    NOTICE.write_text(notice(), encoding="utf-8")
