"""Every promise is kept twice: by an instance that stays in memory, and by one that is saved and restored after every step."""

from __future__ import annotations

from functools import partial

import pytest

from tests.bpmn.cases import Case, Run


@pytest.fixture(params=["kept in memory", "restored after every step"])
def run(request: pytest.FixtureRequest) -> Run:
    """Starts a process from its lines."""
    return partial(Case, is_restored=request.param != "kept in memory")
