"""Sub-processes of all kinds and the call activity (BPMN §10.3.5)."""
