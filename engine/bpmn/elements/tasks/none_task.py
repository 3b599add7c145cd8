"""The task without a type: nothing to do, on to the next element."""

from __future__ import annotations

from engine.bpmn.elements.tasks.activity import Activity


class NoneTask(Activity):
    kind = "task"
