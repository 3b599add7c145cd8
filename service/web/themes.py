"""Light, dark, or as the device has it."""

from __future__ import annotations

from flask import request

THEMES = ("auto", "light", "dark")
COOKIE = "liuzhuan-theme"


def theme_choice() -> str:
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in THEMES else "auto"
