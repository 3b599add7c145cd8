"""What a script of a page sends: an object of JSON, within the limits of every request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from engine.facts.values import NUL_IN_JSON, places_of_nul
from service import sent_json
from service.flask_application import current_request, refuse_nul


def sent_by_script() -> Mapping[str, Any]:
    """Refuses what is no object, or has the character NUL in a text."""
    content = current_request().get_data()
    sent = sent_json.read(content) if content else None
    if not isinstance(sent, dict):
        raise Invalid(why=Sentence("the page sent something else than values. Reload it and try again."))
    if NUL_IN_JSON in content and (place := next(places_of_nul(sent), None)) is not None:
        refuse_nul(place, "\0")
    return sent
