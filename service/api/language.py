"""In which language the API shows forms and their problems."""

from __future__ import annotations

from flask import request

from service.forms.validation import Language
from service.parts import current_parts
from service.settings import LANGUAGES


def language() -> Language:
    """What the request asks for by Accept-Language, else what the service speaks."""
    best = request.accept_languages.best_match(LANGUAGES) if request.accept_languages else None
    return "en" if (best or current_parts().settings.language) == "en" else "zh"
