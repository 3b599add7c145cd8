"""The connectors of this service: what a service task of a model can do here."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

from engine.connectors import Connector, Http
from engine.connectors.addresses import networks
from engine.store.unit_of_work import UnitOfWork
from service.notifications.notify import Notify
from service.settings import Settings


def _no_database() -> AbstractContextManager[UnitOfWork]:
    raise RuntimeError("These connectors were made to be looked at: they have no database to work with.")


def connectors(
    settings: Settings, begin: Callable[[], AbstractContextManager[UnitOfWork]] = _no_database
) -> dict[str, Connector]:
    """By name. Without `begin` they tell what they take, and what works with the database cannot be called."""
    built_in: tuple[Connector, ...] = (
        Http(networks(settings.connector_networks)),
        Notify(begin, is_mailed=bool(settings.smtp_url)),
    )
    return {connector.name: connector for connector in built_in}
