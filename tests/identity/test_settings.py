"""Settings: read from the environment, refused when they are wrong, documented."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from service.settings import Settings, SettingsRefused, variable

KEY = "k3y-0123456789-abcdefghijklmnopqrstuv"
GOOD = {"LIUZHUAN_SECRET_KEY": KEY, "PATH": "/bin"}


def refused(**environment: str) -> list[str]:
    with pytest.raises(SettingsRefused) as refusal:
        Settings.from_environment({**GOOD, **environment})
    return [problem.where for problem in refusal.value.problems]


def test_a_secret_key_is_all_that_has_to_be_set() -> None:
    settings = Settings.from_environment(GOOD)
    assert settings.secret_key == KEY
    assert settings.database_url.startswith("sqlite:///")


@pytest.mark.parametrize("key", ["", "changeme", "a" * 64, "short-but-random-x7", "liuzhuan"])
def test_the_service_does_not_start_with_a_key_that_can_be_guessed(key: str) -> None:
    assert refused(LIUZHUAN_SECRET_KEY=key) == ["LIUZHUAN_SECRET_KEY"]


def test_a_refusal_does_not_show_the_key() -> None:
    with pytest.raises(SettingsRefused) as refusal:
        Settings.from_environment({"LIUZHUAN_SECRET_KEY": "too-short-secret"})
    assert "too-short-secret" not in repr(refusal.value.problems)


def test_only_the_demo_starts_without_a_key() -> None:
    assert Settings.from_environment({"LIUZHUAN_IS_DEMO": "yes"}).is_demo


def test_a_command_that_does_not_serve_needs_no_key() -> None:
    assert Settings.from_environment({}, is_serving=False).secret_key == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LIUZHUAN_DATABASE_URL", "mysql://x"),
        ("LIUZHUAN_PUBLIC_URL", "liuzhuan.example"),
        ("LIUZHUAN_LANGUAGE", "fr"),
        ("LIUZHUAN_TIME_ZONE", "Moon/Base"),
        ("LIUZHUAN_TIME_ZONE", "../../etc/passwd"),
        ("LIUZHUAN_LOG_LEVEL", "LOUD"),
        ("LIUZHUAN_SESSION_HOURS", "many"),
        ("LIUZHUAN_SESSION_HOURS", "0"),
        ("LIUZHUAN_TRUSTED_PROXIES", "-1"),
        ("LIUZHUAN_WITH_WORKER", "perhaps"),
        ("LIUZHUAN_CONNECTOR_NETWORKS", "10.0.0.0/8 intranet"),
        ("LIUZHUAN_SECRETKEY", "typo"),
    ],
)
def test_a_wrong_value_is_named(name: str, value: str) -> None:
    assert refused(**{name: value}) == [name]


def test_all_wrong_values_are_named_at_once() -> None:
    assert len(refused(LIUZHUAN_LANGUAGE="fr", LIUZHUAN_SESSION_HOURS="x", LIUZHUAN_NOTHING="x")) == 3


def test_every_setting_is_documented_with_its_default() -> None:
    documented = (Path(__file__).parents[2] / "docs" / "settings.md").read_text(encoding="utf-8")
    for each in fields(Settings):
        assert f"| `{variable(each)}` |" in documented, variable(each)
        assert each.metadata["help"] in documented, variable(each)
