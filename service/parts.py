"""What service.assembling has put together for one application, and how a request finds it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import cast

from flask import current_app

from engine.connectors import Connector
from engine.facts.actor import Actor
from engine.store import Database
from engine.store.unit_of_work import Begin, UnitOfWork, unit_of_work
from service.encryption import SecretBox
from service.forms.validation import FormValidator
from service.identity.organisation import Organisation
from service.identity.snapshot import OrganisationSnapshot
from service.settings import Settings
from service.webhooks.rates import Rates


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything with a life of its own. The same for the web process and the worker."""

    settings: Settings
    database: Database
    organisations: OrganisationSnapshot
    secrets: SecretBox
    forms: FormValidator
    connectors: Mapping[str, Connector]
    rates: Rates = field(default_factory=Rates)

    @property
    def organisation(self) -> Organisation:
        """As it is now: asks the database whether it has changed."""
        return self.organisations.current()

    def begin(self, actor: Actor) -> AbstractContextManager[UnitOfWork]:
        """A unit of work for those who are not signed in: webhooks, workers, commands."""
        return unit_of_work(self.database, actor, directory=self.organisation)

    def opener(self) -> Begin:
        """As `begin`, for several units of work that see the same organisation: the one of now."""
        organisation = self.organisation
        return lambda actor: unit_of_work(self.database, actor, directory=organisation)

    def close(self) -> None:
        self.forms.close()
        self.database.close()


def current_parts() -> Parts:
    return cast(Parts, current_app.extensions["liuzhuan"])
