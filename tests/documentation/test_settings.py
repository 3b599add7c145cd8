from __future__ import annotations

from dataclasses import fields

from service.settings import Settings, variable
from tests.documentation.documents import is_documented


def test_every_setting_is_documented() -> None:
    assert [variable(each) for each in fields(Settings) if not is_documented(variable(each))] == []
