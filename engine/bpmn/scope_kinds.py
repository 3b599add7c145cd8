"""Kinds of scopes, what an event does that is caught in one, and what one keeps of an activity that can be compensated."""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

ScopeKind = Literal["process", "call", "subProcess", "transaction", "adHocSubProcess", "eventSubProcess", "compensation"]

#: What happens when an event is caught: the waiting element itself goes on; a boundary event of the token begins; an event
#: sub-process of the scope begins; the event-based gateway has its answer.
Catching = Literal["catch", "boundary", "handler", "choice"]


class CompensationRecord(TypedDict):
    """A completed activity that can be compensated; `inside` are the records from inside a sub-process.

    `kept` are its local variables, outermost first, as they were: the item of a multi-instance, inputs, data objects of a
    sub-process. What it shared with the scope around it is seen as it is when it is compensated (BPMN §13.5.5).
    """

    element: str
    inside: list[CompensationRecord]
    kept: NotRequired[list[dict[str, Any]]]
