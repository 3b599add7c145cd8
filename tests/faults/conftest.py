"""The fixtures of tests/engine, and a database that can be started again."""

from __future__ import annotations

from tests.engine.conftest import begin, clock, database, deploy, open_tasks, working

__all__ = ["begin", "clock", "database", "deploy", "open_tasks", "working"]
