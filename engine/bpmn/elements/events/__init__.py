"""Events and their definitions (BPMN §10.5)."""
