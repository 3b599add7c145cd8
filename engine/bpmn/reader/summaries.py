"""`<liuzhuan:summary name= value= unit=/>`: of a user task, or of its process for all user tasks that have none of their own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from engine.bpmn.elements.tasks.summary import SummaryItem
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN
from engine.bpmn.reader.own import own, own_children
from engine.bpmn.reader.texts import template
from engine.facts.sentences import Sentence
from engine.vocabulary.processes import MOST_SUMMARIES, SUMMARY, SUMMARY_NAME, SUMMARY_NAME_EN, SUMMARY_VALUE, UNIT, UNIT_EN


def read_summary(file: ModelFile, task: Any) -> tuple[SummaryItem, ...]:
    """Of the user task; a problem in the process's summary is told once however many tasks share it."""
    process = next(task.iterancestors(f"{BPMN}process"), None)
    holder = task if any(True for _ in own_children(task, SUMMARY)) or process is None else process
    if holder not in file.summaries:
        file.summaries[holder] = tuple(_items(file, holder))
    return file.summaries[holder]


def _items(file: ModelFile, holder: Any) -> Iterator[SummaryItem]:
    for each in islice(own_children(holder, SUMMARY), MOST_SUMMARIES):
        name = own(each, SUMMARY_NAME)
        value = template(file, each, own(each, SUMMARY_VALUE), Sentence("The summary {name}", name=name))
        if value is not None:
            yield SummaryItem(name, own(each, SUMMARY_NAME_EN), own(each, UNIT), own(each, UNIT_EN), value)
