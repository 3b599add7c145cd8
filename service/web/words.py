"""What templates may call beyond Jinja's own, and the words our scripts show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask_babel import format_datetime, gettext
from flask_babel import lazy_gettext as later

from service.identity.current import csrf_token, current_actor, current_member, find_actor
from service.web import (
    addresses,
    definition_names,
    filters,
    formats,
    languages,
    navigation,
    notifications,
    people,
    static_files,
    summaries,
    themes,
)

#: English wording in the scripts of assets/src → the same for gettext.
SCRIPT_WORDS = {
    text: later(text)
    for text in (
        "Choose files",
        "Draft not saved",
        "Draft saved {}",
        "No files",
        "Please correct this first:",
        "Please give your opinion: this decision needs one.",
        "Remove {}",
        "The answer could not be read. Reload the page.",
        "The diagram cannot be shown ({}).",
        "The file could not be uploaded.",
        "The number has more digits than can be kept exactly.",
        "The server does not answer. Check your connection and try again.",
        "The server checks {} files …",
        "This is no number. Write it in digits, such as 1234.5.",
        "Uploading",
        "Uploading: {} %",
        "Whole diagram",
        "Zoom in",
        "Zoom out",
        "or drop them here",
        "{}: {}",
    )
}

#: Codes of states, verbs and kinds as the engine writes them → words.
STATES = {
    "open": later("open"),
    "running": later("running"),
    "suspended": later("suspended"),
    "ended": later("ended"),
    "completed": later("completed"),
    "cancelled": later("cancelled"),
    "terminated": later("terminated"),
    "error": later("ended by an error"),
    "incident": later("needs repair"),
    "resolved": later("resolved"),
    "waiting": later("waiting"),
    "delivered": later("delivered"),
    "failed": later("failed"),
    "pending": later("pending"),
    "latest": later("latest"),
    "enabled": later("switched on"),
    "disabled": later("switched off"),
}

RIGHTS = {
    "work": later("work on tasks"),
    "start": later("start processes"),
    "design": later("design processes"),
    "operate": later("operate"),
    "administer": later("administer"),
}

EFFECTS = {
    "start": later("start the process"),
    "message": later("tell the message"),
    "signal": later("throw the signal"),
}

#: How senders sign; the names of products stay as they are.
STYLES = {
    "liuzhuan": later("Liuzhuan"),
    "github": "GitHub",
    "gitlab": "GitLab",
    "stripe": "Stripe",
}

GIVEN_UP_KINDS = {
    "process": later("Paused: events start it no more"),
    "timer": later("Timer of a start event"),
    "message": later("Message or signal"),
}
INCIDENT_KINDS = {
    "step": later("a step failed"),
    "job": later("a connector failed"),
    "timer": later("a timer failed"),
    "message": later("a message failed"),
    "assignment": later("nobody was found"),
}

ERROR_TITLES = {
    401: later("Please sign in"),
    403: later("You may not do this"),
    404: later("Not found"),
    409: later("Somebody was faster"),
    422: later("This cannot be accepted"),
    429: later("Too many attempts"),
    500: later("Something went wrong"),
    503: later("Not available at the moment"),
}


def for_templates() -> dict[str, Any]:
    """The context of every page."""
    signed_in = find_actor()
    return {
        **FUNCTIONS,
        "me": current_member().person if signed_in else None,
        "languages": languages.LANGUAGES,
    }


def script_words() -> dict[str, str]:
    return {text: str(words) for text, words in SCRIPT_WORDS.items()}


def state_name(code: str) -> str:
    return str(STATES.get(code, code))


def right_name(code: str) -> str:
    return str(RIGHTS.get(code, code))


def effect_name(code: str) -> str:
    return str(EFFECTS.get(code, code))


def style_name(code: str) -> str:
    return str(STYLES.get(code, code))


def incident_kind(code: str) -> str:
    return str(INCIDENT_KINDS.get(code, code))


def given_up_kind(code: str) -> str:
    return str(GIVEN_UP_KINDS.get(code, code))


def error_title(status: int) -> str:
    return str(ERROR_TITLES.get(status) or gettext("The request was refused"))


def full_moment(at: datetime) -> str:
    return format_datetime(at, "yyyy-MM-dd HH:mm")


def may(right: Any) -> bool:
    return current_actor().may(right)


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "absence": people.absence,
    "asset": static_files.asset,
    "candidate_name": people.candidate_name,
    "counts": navigation.counts,
    "csrf_token": csrf_token,
    "department_name": people.department_name,
    "due_level": formats.due,
    "effect_name": effect_name,
    "error_title": error_title,
    "everybody": people.everybody,
    "find_person": people.find_person,
    "full_moment": full_moment,
    "here": addresses.here,
    "hue_of": people.hue_of,
    "holder_name": people.holder_name,
    "icon": static_files.icon,
    "given_up_kind": given_up_kind,
    "incident_kind": incident_kind,
    "is_urgent": filters.is_urgent,
    "initials_of": people.initials_of,
    "language": languages.language,
    "may": may,
    "moment": formats.moment,
    "name_of": definition_names.name_of,
    "named": languages.named,
    "navigation": navigation.navigation,
    "person_name": people.person_name,
    "place_of": people.place_of,
    "script_words": script_words,
    "size": formats.size,
    "state_name": state_name,
    "style_sheets": static_files.style_sheets,
    "summary_lines": summaries.summary_lines,
    "style_name": style_name,
    "theme_choice": themes.theme_choice,
    "translated": languages.translated,
    "unread": notifications.unread,
    "with_filter": addresses.with_filter,
}
