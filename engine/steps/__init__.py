"""One step of one process instance: begun or advanced, derived into rows, recorded, or failed with an incident."""
