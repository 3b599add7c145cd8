"""What the XML schema of BPMN 2.0 says about a file. The schema is the one SpiffWorkflow ships."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from threading import Lock
from typing import Any

from lxml import etree

from engine.bpmn.reader.namespaces import BPMN
from engine.facts.errors import Problem
from engine.facts.sentences import Sentence

#: A schema keeps the faults of the last file it looked at, so one file at a time.
_one_at_a_time = Lock()


def schema_problems(root: Any) -> list[Problem]:
    """Warnings: what execution needs is checked by rules of its own, and editors add attributes of theirs."""
    with _one_at_a_time:
        schema = _schema()
        schema.validate(root)
        log: Any = schema.error_log  # the stubs do not know that it can be walked through
        return [_problem(entry.message.replace(BPMN, "bpmn:"), entry.line) for entry in log]


def _problem(message: str, line: int) -> Problem:
    sentence = Sentence("The file does not follow the BPMN schema: {why}", why=message)
    return Problem("bpmn-schema", sentence, line=line, fix=Sentence("Save the model again with its editor."), is_warning=True)


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    with as_file(files("SpiffWorkflow.bpmn.parser") / "schema") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "BPMN20.xsd")))
