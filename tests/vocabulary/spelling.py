"""How people misspell names."""

from __future__ import annotations

from collections.abc import Iterator


def misspelt(name: str, known: set[str]) -> Iterator[str]:
    """One letter left out, other capitals, a plural."""
    forms = {name[:place] + name[place + 1 :] for place in range(len(name))}
    forms |= {name.upper(), name.lower(), name.capitalize(), f"{name}s"}
    yield from sorted(forms - known - {""})
