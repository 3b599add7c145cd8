"""The elements of a process or of the inside of a sub-process, and what begins, interrupts and ends it."""

from __future__ import annotations

from engine.bpmn.contract import FlowNode
from engine.bpmn.expressions import Expression
from engine.bpmn.substrate import SpiffProcessSpec


class ProcessSpec(SpiffProcessSpec):
    """Built by the reader, then read only; shared by every execution."""

    def __init__(self, id: str, name: str = "") -> None:
        super().__init__(id, name)
        #: By id, in the order of the model.
        self.elements: dict[str, FlowNode] = self.specs_by_name()
        #: Elements a token is put on when the scope begins.
        self.starts: list[FlowNode] = []
        #: Elements that a message, signal, timer or condition starts the process at.
        self.event_starts: list[FlowNode] = []
        #: Events of parallel event-based gateways: the first starts the process, which then waits for the others (BPMN §10.6.6).
        self.starts_together: list[list[FlowNode]] = []
        #: Event sub-processes.
        self.handlers: list[FlowNode] = []
        #: Names of data objects and properties: local variables of the scope.
        self.local_names: list[str] = []
        #: Of an ad-hoc sub-process.
        self.completion: Expression | None = None
        self.is_sequential = False
        self.cancels_remaining = True
        self._predecessors: dict[FlowNode, list[FlowNode]] | None = None

    def predecessors(self) -> dict[FlowNode, list[FlowNode]]:
        if self._predecessors is None:
            found: dict[FlowNode, list[FlowNode]] = {}
            for element in self.elements.values():
                found.setdefault(element, []).extend(flow.source for flow in element.incoming)
                for boundary in element.boundaries:
                    found.setdefault(boundary, []).append(element)
            self._predecessors = found
        return self._predecessors
