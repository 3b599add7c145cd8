"""In which language the API shows forms and their problems."""

from __future__ import annotations

from service.flask_application import current_request
from service.forms.localisation import Language
from service.parts import current_parts
from service.settings import LANGUAGES


def language() -> Language:
    """What the request asks for by Accept-Language, else what the service speaks."""
    asked = current_request()
    best = asked.accept_languages.best_match(LANGUAGES) if "HTTP_ACCEPT_LANGUAGE" in asked.environ else None
    return "en" if (best or current_parts().settings.language) == "en" else "zh"
