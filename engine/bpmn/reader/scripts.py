"""Script tasks: FEEL, and JUEL and Python that can be FEEL; languages that are run are left to the host, the rest is refused."""

from __future__ import annotations

from textwrap import dedent
from typing import Any

from engine.bpmn.elements.tasks.script_task import ScriptTask
from engine.bpmn.reader.extensions import extensions, own_or_vendor
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN, ZEEBE
from engine.bpmn.reader.texts import assignment_if_possible, compiled_feel, expression
from engine.facts.sentences import Sentence
from engine.feel.python import NOTHING, PythonNotTranslatable, translate_script
from engine.scripts.runners import RUNNERS, language_of
from engine.vocabulary.work import RESULT_VARIABLE

_EXPRESSIONS = ("feel", "juel")
_FIX = Sentence("Write it in a language that is run here: {languages}.", languages=", ".join(("feel", *RUNNERS)))


def read_script(file: ModelFile, task: ScriptTask, xml: Any) -> None:
    zeebe = next(extensions(xml, f"{ZEEBE}script"), None)
    task.result_variable = own_or_vendor(xml, RESULT_VARIABLE, "resultVariable")
    if zeebe is not None:
        task.result_variable = task.result_variable or zeebe.get("resultVariable") or ""
        task.expression = expression(file, xml, zeebe.get("expression"), Sentence("The script"))
        return
    task.source = dedent(xml.findtext(f"{BPMN}script") or "").strip()
    _read_source(file, task, xml, (xml.get("scriptFormat") or "").lower().rpartition("/")[2].removeprefix("x-"))


def _read_source(file: ModelFile, task: ScriptTask, xml: Any, language: str) -> None:
    if not task.source:
        file.warning("script-empty", xml, Sentence("The script is empty; the process goes on at once."))
    elif (run := language_of(language)) is not None:
        task.language = run
    elif language == "python" or (not language and not task.result_variable):
        _read_python(file, task, xml, is_named=language == "python")
    elif language == "juel" and (assigned := assignment_if_possible(file, task.source)) is not None:
        task.result_variable, task.expression = assigned
    elif not language or language in _EXPRESSIONS:
        task.expression = expression(file, xml, task.source, Sentence("The script"))
    else:
        file.problem(
            "script-language", xml, Sentence("Scripts in {language} are not run.", language=xml.get("scriptFormat")), _FIX
        )


def _read_python(file: ModelFile, task: ScriptTask, xml: Any, *, is_named: bool) -> None:
    """SpiffWorkflow names no language. `x = 1` assigns then; what assigns nothing is FEEL, unless its file is of that product."""
    try:
        translated = translate_script(task.source)
    except PythonNotTranslatable as fault:
        if is_named or (file.is_of_spiffworkflow and compiled_feel(file, task.source) is None):
            sentence = Sentence("Scripts in Python are not run, and this one cannot become FEEL: {why}.", why=fault.sentence)
            file.problem("script-language", xml, sentence, _FIX)
            return
        translated = NOTHING
    if translated == NOTHING and not is_named:
        task.expression = expression(file, xml, task.source, Sentence("The script"))
        return
    task.expression = expression(file, xml, translated, Sentence("The script"))
    file.warning("script-language", xml, Sentence("The script is Python; it is read as “{feel}”.", feel=translated), _FIX)
