"""A moment by the clock of a zone."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone, tzinfo

_NONE = timedelta(0)


def by_clock_of(zone: tzinfo, moment: datetime) -> datetime:
    """The same moment, with the offset that the zone has then: `2026-12-01T09:00:00+08:00`, which every reader of texts knows."""
    local = moment.astimezone(zone)
    return local.replace(tzinfo=timezone(local.utcoffset() or _NONE))
