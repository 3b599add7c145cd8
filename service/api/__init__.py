"""The REST API under /api/v1: schemas in, one verb, schemas out. Knows no SQL and no BPMN."""
