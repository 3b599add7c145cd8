from SpiffWorkflow.specs.base import TaskSpec

class BpmnSpecMixin(TaskSpec):
    lane: str | None
