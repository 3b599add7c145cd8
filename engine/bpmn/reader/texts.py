"""Texts of the model that are expressions: FEEL, or JUEL that is translated to it."""

from __future__ import annotations

import re
from typing import Any

from engine import feel
from engine.bpmn.expressions import Expression, Template, compile_expression
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.timing.cron_fields import is_cron, names_weekdays
from engine.bpmn.timing.moments import NotATime
from engine.bpmn.timing.periods import TooOften, refuse_too_often
from engine.bpmn.timing.schedule import check_schedule
from engine.facts.sentences import Sentence
from engine.feel import juel, python
from engine.feel.text import quoted

#: One item of a list separated by commas; a comma inside of `${…}` separates nothing.
_ITEM = re.compile(r"(?:[$#]\{[^}]*\}|[^,])+")
_OTHER_LANGUAGES = ("groovy", "javascript", "ecmascript", "python", "ruby", "xpath", "mvel", "sql")
_TIME_FIX = Sentence("Times are written as in ISO 8601; an expression begins with =.")
_CRON_FIX = Sentence("Write it as in 0 0 9 ? * MON-FRI, or as a repetition of ISO 8601: R/PT1H for every hour.")


def expression(file: ModelFile, xml: Any, text: str | None, what: Sentence) -> Expression | None:
    """Always an expression, with or without the equals sign. A problem and None when it is empty or no FEEL."""
    source = (text or "").strip()
    if source.startswith("="):
        source = source[1:].strip()
    if not source:
        file.problem("expression-missing", xml, Sentence("{what} is empty.", what=what), Sentence("Write a FEEL expression."))
        return None
    if is_juel(source):
        return _translated(file, xml, source, what)
    return _compiled(file, xml, source, what)


def template(file: ModelFile, xml: Any, text: str | None, what: Sentence) -> Template | None:
    """FEEL after an equals sign, JUEL where it stands, else a literal. None without a text or after a problem."""
    source = (text or "").strip()
    if not source:
        return None
    if source.startswith("="):
        compiled = expression(file, xml, source, what)
    elif is_juel(source):
        compiled = _translated(file, xml, source, what)
    else:
        return Template(source)
    return None if compiled is None else Template(None, compiled)


def feel_source(file: ModelFile, xml: Any, text: str | None, what: Sentence) -> str | None:
    """The FEEL that yields what a template yields, to be put into a larger expression. None after a problem."""
    source = (text or "").strip()
    if source.startswith("="):
        return f"({source[1:].strip() or 'null'})"
    if not is_juel(source):
        return quoted(source)
    translated = _translate(file, xml, source, what)
    return None if translated is None else f"({translated})"


def compiled_if_possible(file: ModelFile, text: str) -> Expression | None:
    """A JUEL text as an expression; None, and no problem, when FEEL cannot say it."""
    try:
        return compile_expression(juel.translate(text), file.functions)
    except (juel.JuelNotTranslatable, feel.FeelSyntaxError):
        return None


def assignment_if_possible(file: ModelFile, text: str) -> tuple[str, Expression] | None:
    """The variable that a JUEL text sets, and its value; None, and no problem, when it does something else."""
    try:
        found = juel.translate_assignment(text)
    except juel.JuelNotTranslatable:
        return None
    value = None if found is None else compiled_feel(file, found[1])
    return None if found is None or value is None else (found[0], value)


def compiled_feel(file: ModelFile, text: str) -> Expression | None:
    """The expression; None, and no problem, when the text is no FEEL, or calls what is no function."""
    try:
        compiled = compile_expression(text, file.functions)
    except feel.FeelSyntaxError:
        return None
    return None if compiled.fault(file.functions) else compiled


def listed(text: str) -> list[str]:
    """A list separated by commas, those inside of expressions left alone."""
    if text.startswith("="):
        return [text]
    return [part.strip() for part in _ITEM.findall(text) if part.strip()]


def timer(file: ModelFile, xml: Any, text: str | None, what: Sentence) -> Template | None:
    """An ISO 8601 or cron text, checked now, or an expression that yields one (or a temporal value).

    SpiffWorkflow writes expressions without an equals sign, and once they were read so in every file.
    """
    source = (text or "").strip()
    if not source:
        file.problem(
            "timer-missing",
            xml,
            Sentence("The timer's {what} is empty.", what=what),
            Sentence("Write a duration such as PT1H, a moment or a repetition."),
        )
        return None
    if source.startswith("=") or is_juel(source):
        return template(file, xml, source, Sentence("The timer's {what}", what=what))
    if (file.is_of_spiffworkflow or file.is_deployed) and not is_cron(source) and not _looks_like_iso(source):
        return template(file, xml, f"={source}", Sentence("The timer's {what}", what=what))
    try:
        schedule = check_schedule(source, sunday=file.sunday)
        if not file.is_deployed:
            refuse_too_often(schedule)
    except TooOften as fault:
        file.problem("timer-too-often", xml, fault.sentence, Sentence("Write a longer period, such as PT1M."))
        return None
    except NotATime as fault:
        if is_cron(source):
            file.problem("timer-cron", xml, fault.sentence, _CRON_FIX)
        else:
            file.problem("timer-syntax", xml, fault.sentence, _TIME_FIX)
        return None
    if is_cron(source) and not names_weekdays(source) and not (file.is_of_camunda_family or file.is_of_camunda_8):
        sentence = Sentence(
            "The cron text “{text}” counts the days of the week as Quartz does, from 1 for Sunday; Spring and Unix do not.",
            text=source,
        )
        file.warning("timer-cron", xml, sentence, Sentence("Name the days, as in MON-FRI."))
    return Template(source)


def is_feel(file: ModelFile, xml: Any) -> bool:
    """Whether an expression is said to be FEEL, or JUEL, or nothing at all; another language is a problem."""
    language = (xml.get("language") or "").lower()
    if not any(name in language for name in _OTHER_LANGUAGES):
        return True
    file.problem(
        "expression-language",
        xml,
        Sentence("Expressions in {language} are not evaluated.", language=xml.get("language")),
        Sentence("Write it as FEEL."),
    )
    return False


def _looks_like_iso(text: str) -> bool:
    head = text.lstrip("-")[:2]
    if head[:1].isdigit():
        return True
    return head[:1] in ("P", "R") and (head[1:].isdigit() or head[1:] in ("T", "/"))


def is_juel(text: str) -> bool:
    """Whether `${…}` or `#{…}` is in the text."""
    return "${" in text or "#{" in text


def _compiled(file: ModelFile, xml: Any, text: str, what: Sentence) -> Expression | None:
    compiled = None
    try:
        compiled = compile_expression(text, file.functions)
        fault = compiled.fault(file.functions)
    except feel.FeelSyntaxError as error:
        fault = error.sentence
    if fault is None:
        return compiled
    found = _of_another_language(file, xml, text, what)
    if found is None and compiled is not None and file.is_deployed:
        return compiled
    if found is None:
        file.problem(
            "expression-syntax",
            xml,
            Sentence("{what} is not FEEL: {why}", what=what, why=fault),
            Sentence("Correct the expression."),
        )
    return found


def _of_another_language(file: ModelFile, xml: Any, text: str, what: Sentence) -> Expression | None:
    """`x == 'a'` has one meaning only, so it is read; None when it may mean something else."""
    ways = (python.translate_expression, juel.translate_bare)
    for translate in ways if file.is_of_spiffworkflow else reversed(ways):
        try:
            translated = translate(text)
        except (juel.JuelNotTranslatable, python.PythonNotTranslatable):
            continue
        found = compiled_feel(file, translated)
        if found is not None:
            sentence = Sentence(
                "{what} “{text}” is written as in Java or Python; it is read as “{feel}”.",
                what=what,
                text=text,
                feel=translated,
            )
            file.warning("expression-language", xml, sentence, Sentence("Write it as FEEL."))
            return found
    return None


def _translated(file: ModelFile, xml: Any, text: str, what: Sentence) -> Expression | None:
    translated = _translate(file, xml, text, what)
    return None if translated is None else _compiled(file, xml, translated, what)


def _translate(file: ModelFile, xml: Any, text: str, what: Sentence) -> str | None:
    try:
        return juel.translate(text)
    except juel.JuelNotTranslatable as fault:
        file.problem(
            "expression-juel",
            xml,
            Sentence("{what} “{text}” cannot be translated to FEEL: {why}", what=what, text=text, why=fault.sentence),
            Sentence("Write it as FEEL."),
        )
    return None
