"""What certainly comes after an element: as far as each element is left by just one sequence flow, whatever the variables are."""

from __future__ import annotations

from collections.abc import Iterator

from engine.bpmn.contract import FlowNode, ProcessBody
from engine.bpmn.elements.subprocesses.call_activity import CallActivity
from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.elements.tasks.user_task import UserTaskElement
from engine.bpmn.model import ElementFacts, Model

#: Steps told; what lies further ahead interests nobody yet.
MOST = 6


def find_coming(model: Model, element: str) -> tuple[ElementFacts, ...]:
    """User tasks, sub-processes and called processes after the element, in order, up to the first decision, end or way back."""
    for process in model.processes.values():
        node = _find_node(process.spec, element)
        if node is not None:
            steps = (each for each in _walk_ahead(node) if isinstance(each, UserTaskElement | SubProcess))
            return tuple(process.elements[each.name] for each, _ in zip(steps, range(MOST), strict=False))
    return ()


def _find_node(spec: ProcessBody, element: str) -> FlowNode | None:
    """Also inside of sub-processes, each with elements of its own."""
    if element in spec.elements:
        return spec.elements[element]
    bodies = (each.body for each in spec.elements.values() if isinstance(each, SubProcess) and not isinstance(each, CallActivity))
    return next((node for node in (_find_node(body, element) for body in bodies) if node is not None), None)


def _walk_ahead(node: FlowNode) -> Iterator[FlowNode]:
    seen = {node}
    while len(node.flows) == 1 and node.takes_all_flows:
        node = node.flows[0].target
        if node in seen:
            return
        seen.add(node)
        yield node
