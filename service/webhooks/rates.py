"""How many deliveries an endpoint may have in a minute, without counting them at each one."""

from __future__ import annotations

import threading
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.store.unit_of_work import UnitOfWork
from service.store import webhook_deliveries

MINUTE = timedelta(minutes=1)
#: So long what was counted is believed. What other processes accept meanwhile is not seen: the rate is kept to within it.
BELIEVED = timedelta(seconds=1)


@dataclass(slots=True)
class _Counted:
    """Deliveries of the last minute: those in the table at `at`, and those accepted here since."""

    at: datetime
    number: int


class Rates:
    """Of the endpoints that this process hears for."""

    def __init__(self) -> None:
        self._counted: dict[uuid.UUID, _Counted] = {}
        self._lock = threading.Lock()

    def is_exceeded(self, work: UnitOfWork, endpoint_id: uuid.UUID, per_minute: int) -> bool:
        """Whether one more delivery would be too many; else it is counted."""
        with self._lock:
            counted = self._counted.get(endpoint_id)
        if counted is None or not timedelta(0) <= work.now - counted.at < BELIEVED:
            number = webhook_deliveries.count_since(work, endpoint_id, work.now - MINUTE, most=per_minute)
            counted = _Counted(work.now, number)
        with self._lock:
            self._counted[endpoint_id] = counted
            counted.number += 1
            return counted.number > per_minute
