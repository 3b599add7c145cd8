"""Texts of the model that are expressions: FEEL, or JUEL that is translated to it."""

from __future__ import annotations

from typing import Any

from engine import feel
from engine.bpmn.elements.events.schedule import NotATime, check
from engine.bpmn.expressions import Expression, Template, compile_expression
from engine.bpmn.reader.file import ModelFile
from engine.feel import juel

_OTHER_LANGUAGES = ("groovy", "javascript", "ecmascript", "python", "ruby", "xpath", "mvel", "sql")
_CRON_FIX = (
    "Write an ISO 8601 repetition instead: R/PT1H for every hour, R/2026-01-05T09:00:00+08:00/P1W for every Monday at nine."
)


def expression(file: ModelFile, xml: Any, text: str | None, what: str) -> Expression | None:
    """Always an expression, with or without the equals sign. A problem and None when it is empty or no FEEL."""
    source = (text or "").strip()
    if source.startswith("="):
        source = source[1:].strip()
    if not source:
        file.problem("expression-missing", xml, f"{what} is empty.", "Write a FEEL expression.")
        return None
    if _is_juel(source):
        return _translated(file, xml, source, what)
    return _compiled(file, xml, source, what)


def template(file: ModelFile, xml: Any, text: str | None, what: str) -> Template | None:
    """FEEL after an equals sign, JUEL where it stands, else a literal. None without a text or after a problem."""
    source = (text or "").strip()
    if not source:
        return None
    if source.startswith("="):
        compiled = expression(file, xml, source, what)
    elif _is_juel(source):
        compiled = _translated(file, xml, source, what)
    else:
        return Template(source)
    return None if compiled is None else Template(None, compiled)


def timer(file: ModelFile, xml: Any, text: str | None, tag: str) -> Template | None:
    """An ISO 8601 text, checked now, or an expression that yields one (or a temporal value)."""
    source = (text or "").strip()
    if not source:
        file.problem(
            "timer-missing", xml, f"The timer's {tag} is empty.", "Write a duration such as PT1H, a moment or a repetition."
        )
        return None
    if source.startswith(("=", "${", "#{")):
        return template(file, xml, source, f"The timer's {tag}")
    if _is_cron(source):
        file.problem(
            "timer-cron", xml, f"The timer “{source}” is a cron text; repetitions are written in ISO 8601 here.", _CRON_FIX
        )
        return None
    if not _looks_like_iso(source):
        return template(file, xml, f"={source}", f"The timer's {tag}")
    try:
        check(source)
    except NotATime as fault:
        file.problem("timer-syntax", xml, str(fault), "Times are written as in ISO 8601.")
        return None
    return Template(source)


def is_feel(file: ModelFile, xml: Any) -> bool:
    """Whether an expression is said to be FEEL, or JUEL, or nothing at all; another language is a problem."""
    language = (xml.get("language") or "").lower()
    if not any(name in language for name in _OTHER_LANGUAGES):
        return True
    file.problem("expression-language", xml, f"Expressions in {xml.get('language')} are not evaluated.", "Write it as FEEL.")
    return False


def _looks_like_iso(text: str) -> bool:
    head = text.lstrip("-")[:2]
    if head[:1].isdigit():
        return True
    return head[:1] in ("P", "R") and (head[1:].isdigit() or head[1:] in ("T", "/"))


def _is_cron(text: str) -> bool:
    fields = text.split()
    return len(fields) in (5, 6, 7) and all(
        set(field.upper()) <= set("0123456789*/,-?LW#ABCDEFGHIJKMNOPRSTUVY") for field in fields
    )


def _is_juel(text: str) -> bool:
    return "${" in text or "#{" in text


def _compiled(file: ModelFile, xml: Any, text: str, what: str) -> Expression | None:
    try:
        return compile_expression(text, file.functions)
    except feel.FeelSyntaxError as fault:
        file.problem("expression-syntax", xml, f"{what} is not FEEL: {fault}", "Correct the expression.")
    return None


def _translated(file: ModelFile, xml: Any, text: str, what: str) -> Expression | None:
    try:
        return _compiled(file, xml, juel.translate(text), what)
    except juel.JuelNotTranslatable as fault:
        file.problem("expression-juel", xml, f"{what} “{text}” cannot be translated to FEEL: {fault}", "Write it as FEEL.")
    return None
