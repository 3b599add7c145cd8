"""How commands get at the parts."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from engine.store.poolers import STATEMENT_SECONDS
from service.assembling import assemble
from service.parts import Parts
from service.settings import Settings


@contextmanager
def parts_of_environment(*, is_serving: bool = False) -> Iterator[Parts]:
    """The parts, as the environment says; closed afterwards."""
    parts = assemble(
        Settings.from_environment(os.environ, is_serving=is_serving),
        statement_seconds=STATEMENT_SECONDS if is_serving else None,
    )
    try:
        yield parts
    finally:
        parts.close()
