"""The standard loop and multi-instance (BPMN §10.3.8)."""
