from __future__ import annotations

from dataclasses import fields

import pytest

from service.settings import Settings, variable
from tests.documentation.documents import is_documented


@pytest.mark.parametrize("name", [variable(each) for each in fields(Settings)])
def test_every_setting_is_documented(name: str) -> None:
    assert is_documented(name)
