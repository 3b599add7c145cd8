"""What the XML schema of BPMN 2.0 says about a file. The schema is the one SpiffWorkflow ships."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

from lxml import etree

from engine.errors import Problem


def schema_problems(root: Any) -> Iterator[Problem]:
    """Warnings: what execution needs is checked by rules of its own, and editors add attributes of theirs."""
    schema = _schema()
    if not schema.validate(root):
        log: Any = schema.error_log  # the stubs do not know that it can be walked through
        for entry in log:
            sentence = entry.message.replace("{http://www.omg.org/spec/BPMN/20100524/MODEL}", "bpmn:")
            fix = "Save the model again with its editor."
            yield Problem(
                "bpmn-schema", f"The file does not follow the BPMN schema: {sentence}", "", entry.line, fix, is_warning=True
            )


@lru_cache(maxsize=1)
def _schema() -> etree.XMLSchema:
    with as_file(files("SpiffWorkflow.bpmn.parser") / "schema") as folder:
        return etree.XMLSchema(etree.parse(str(folder / "BPMN20.xsd")))
