"""The composition root: the only place where the parts meet. The web process, the worker and the commands begin here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.bpmn.timing.periods import allow_period
from engine.facts.actor import SYSTEM
from engine.facts.computing import allow_seconds
from engine.facts.start_limits import StartLimits
from engine.store import open_database
from engine.store.unit_of_work import unit_of_work
from service.connectors import connectors
from service.encryption import SecretBox
from service.forms.validation import FormValidator
from service.identity.snapshot import OrganisationSnapshot
from service.parts import Parts
from service.settings import Settings


def assemble(settings: Settings, *, clock: Callable[[], datetime] | None = None, statement_seconds: float | None = None) -> Parts:
    """The parts a web process and a worker share. The database must have been migrated.

    `statement_seconds` is for both of them; commands of people take their time.
    """
    allow_seconds(settings.step_seconds)
    allow_period(settings.shortest_period_seconds)
    limits = StartLimits(settings.event_starts_per_minute, settings.event_start_depth)
    database = open_database(
        settings.database_url,
        clock=clock,
        zone=ZoneInfo(settings.time_zone),
        start_limits=limits,
        statement_seconds=statement_seconds,
    )
    organisations = OrganisationSnapshot(database)
    return Parts(
        settings,
        database,
        organisations,
        SecretBox(settings.secret_key, settings.previous_secret_key),
        FormValidator(),
        connectors(settings, lambda: unit_of_work(database, SYSTEM, directory=organisations.current())),
    )
