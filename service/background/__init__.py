"""The loops of a worker: one file each, each body `run_once(parts) -> int`, the number of things done. No HTTP."""
