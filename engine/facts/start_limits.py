"""How often events may start a process: what protects a company from models that start themselves."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartLimits:
    """Of each process: starts by timers, messages, signals and conditions within a minute. `depth`: how long a chain of process
    instances may be that start one another by messages and signals; one that throws ten minutes after its start begins anew."""

    per_minute: int = 600
    depth: int = 20
