"""Which language a page speaks, and in which zone it tells the time."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app, request
from flask_babel import Babel, get_locale

from engine.facts.sentences import Sentence
from service.forms.localisation import Language
from service.identity.current import current_member, find_actor
from service.translations.sentences import said

#: Code → the name in the language itself.
LANGUAGES = {"zh": "中文", "en": "English"}

COOKIE = "liuzhuan-language"
TRANSLATIONS = Path(__file__).parents[1] / "translations"


def translate_pages(app: Flask, default: str, time_zone: str) -> None:
    """Install Flask-Babel; msgids are the English texts of the code, so English needs no catalogue."""
    Babel(
        app,
        default_locale=default,
        default_timezone=time_zone,
        default_translation_directories=str(TRANSLATIONS),
        locale_selector=chosen_language,
    )


def chosen_language() -> str:
    """The language chosen on this device, else the one the company file gives the person, else the company's."""
    wishes = [request.cookies.get(COOKIE, ""), current_member().language if find_actor() else ""]
    return next((wish for wish in wishes if wish in LANGUAGES), current_app.extensions["babel"].default_locale)


def language() -> Language:
    """Of the page."""
    return "en" if str(get_locale()) == "en" else "zh"


def named(name: str, name_en: str = "") -> str:
    """A name out of a model or of the organisation, in the language of the page."""
    return name_en if language() == "en" and name_en else name


def translated(sentence: Sentence | None) -> str:
    """In the language of the page; nothing for None."""
    return "" if sentence is None else said(sentence, language())
