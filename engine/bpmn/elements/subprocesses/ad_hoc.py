"""The ad-hoc sub-process: its activities in any order, until its completion condition is true (BPMN §10.3.5)."""

from __future__ import annotations

from engine.bpmn.elements.subprocesses.sub_process import SubProcess
from engine.bpmn.scope_kinds import ScopeKind


class AdHocSubProcess(SubProcess):
    """Its scope begins every activity without an incoming flow, or one after the other when it is sequential."""

    kind = "adHocSubProcess"
    scope_kind: ScopeKind = "adHocSubProcess"
