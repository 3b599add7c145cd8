"""In which language the API shows forms and their problems."""

from __future__ import annotations

from engine.facts.sentences import Sentence
from service.flask_application import current_request
from service.forms.localisation import Language
from service.parts import current_parts
from service.settings import LANGUAGES
from service.translations.sentences import said


def language() -> Language:
    """What the request asks for by Accept-Language, else what the service speaks."""
    asked = current_request()
    best = asked.accept_languages.best_match(LANGUAGES) if "HTTP_ACCEPT_LANGUAGE" in asked.environ else None
    return "en" if (best or current_parts().settings.language) == "en" else "zh"


def in_words(sentence: Sentence) -> str:
    """In the language the request asks for; English, which programs and their logs know, when it asks for none."""
    asked = current_request()
    chosen = asked.accept_languages.best_match(("en", "zh")) if "HTTP_ACCEPT_LANGUAGE" in asked.environ else None
    return said(sentence, chosen or "en")
