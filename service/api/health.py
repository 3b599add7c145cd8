"""Is the process alive, and can it work. Open to everybody, so nothing is told but yes or no."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask import Blueprint, Response

from engine.facts.actor import SYSTEM
from engine.facts.errors import Unavailable
from engine.facts.sentences import Sentence
from engine.store.release import MigrationsMissing, ReleaseOutdated
from engine.store.unit_of_work import unit_of_work
from service.api.problem import of_refusal, problem
from service.api.routes import json_response
from service.identity.current import public
from service.identity.snapshot import NOBODY
from service.parts import Parts, current_parts
from service.store import background_ticks

routes = Blueprint("health", __name__)


@routes.get("/healthz")
@public
def is_alive() -> Response:
    """The process answers."""
    return json_response({"status": "ok"})


@routes.get("/readyz")
@public
def is_ready() -> Response:
    """The database answers and can be written, its tables are those of this release, and every loop of the workers has ticked
    lately."""
    parts = current_parts()
    try:
        try:
            return _state(parts)
        except Unavailable:  # Connections from before a restart are dead, and the first to use one finds it out for all.
            return _state(parts)
    except (MigrationsMissing, ReleaseOutdated) as refusal:
        return of_refusal(refusal)
    except Unavailable as refusal:
        return problem(503, "database_unavailable", refusal.sentence)


def _state(parts: Parts) -> Response:
    with unit_of_work(parts.database, SYSTEM, directory=NOBODY) as work:
        work.look_at_tables()
        ticks = background_ticks.ticks(work)
        seconds = parts.settings.tick_late_seconds
        is_late = any(_is_late(ticks.get(loop), work.now, seconds) for loop in background_ticks.WATCHED)
    if not parts.database.is_writable:
        return problem(
            503, "database_read_only", Sentence("The database cannot be written. Look at its permissions and its disk.")
        )
    if is_late:
        return problem(503, "worker_late", Sentence("No worker has ticked lately. Start one with `liuzhuan worker`."))
    return json_response({"status": "ok"})


def _is_late(ticked_at: datetime | None, now: datetime, seconds: int) -> bool:
    """Zero seconds: no worker is asked for. A tick that is still to come was before the clock went back, and proves nothing."""
    return seconds > 0 and (ticked_at is None or abs(now - ticked_at) > timedelta(seconds=seconds))
