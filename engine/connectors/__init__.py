"""What a service task can do. An extension point: one file per connector; the worker calls it outside of any transaction.

At least once: a connector may be called again after a crash. `Job.id` is the idempotency key to hand to the other side.
"""

from __future__ import annotations

from engine.connectors.connector import Connector, ConnectorFailed, Host, Job, ModelError, SendsSecrets
from engine.connectors.http import Http

__all__ = ["Connector", "ConnectorFailed", "Host", "Http", "Job", "ModelError", "SendsSecrets"]
