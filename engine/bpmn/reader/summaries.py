"""`<liuzhuan:summary name= value= unit=/>`: of a user task, or of its process for all user tasks that have none of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from engine.bpmn.elements.tasks.summary import SummaryItem
from engine.bpmn.reader.extensions import extensions
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN, LIUZHUAN
from engine.bpmn.reader.texts import template

_TAG = f"{LIUZHUAN}summary"

#: A list has room for so many.
MOST = 3


def read_summary(file: ModelFile, task: Any) -> tuple[SummaryItem, ...]:
    """Of the user task; a problem in the process's summary is told once however many tasks share it."""
    process = next(task.iterancestors(f"{BPMN}process"), None)
    holder = task if any(True for _ in extensions(task, _TAG)) or process is None else process
    if holder not in file.summaries:
        file.summaries[holder] = tuple(_items(file, holder))
    return file.summaries[holder]


def _items(file: ModelFile, holder: Any) -> Iterator[SummaryItem]:
    found = list(extensions(holder, _TAG))
    if len(found) > MOST:
        file.problem("too-many", found[MOST], f"A summary has {len(found)} lines; lists show {MOST}.", "Take the others out.")
    for each in found[:MOST]:
        if not each.get("name") or not each.get("value"):
            sentence = "A line of the summary has no name or no value."
            file.problem("name-missing", each, sentence, 'Write it as name="Amount" value="=amount".')
            continue
        value = template(file, each, each.get("value"), f"The summary {each.get('name')}")
        if value is not None:
            texts = {name: (each.get(name) or "").strip() for name in ("name", "nameEn", "unit", "unitEn")}
            yield SummaryItem(texts["name"], texts["nameEn"], texts["unit"], texts["unitEn"], value)
