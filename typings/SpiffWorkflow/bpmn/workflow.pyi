from typing import Any

from SpiffWorkflow.bpmn.util.subworkflow import BpmnBaseWorkflow
from SpiffWorkflow.specs.WorkflowSpec import WorkflowSpec

class BpmnWorkflow(BpmnBaseWorkflow):
    subprocesses: dict[Any, Any]
    def __init__(
        self, spec: WorkflowSpec, subprocess_specs: Any = None, script_engine: Any = None, *, deserializing: bool = False
    ) -> None: ...
    def do_engine_steps(self, will_complete_task: Any = None, did_complete_task: Any = None) -> None: ...
