"""BPMN execution and its durable state. No Flask, no HTTP, no users table."""
