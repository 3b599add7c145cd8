"""Tasks (BPMN §10.3) and what all activities do."""
