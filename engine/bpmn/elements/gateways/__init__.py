"""Gateways (BPMN §13.4)."""
