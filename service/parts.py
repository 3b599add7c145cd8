"""What service.app has put together for one application, and how a request finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from engine.store import Database
from service.encryption import SecretBox
from service.forms.validation import FormValidator
from service.identity.organisation import Organisation
from service.identity.snapshot import OrganisationSnapshot
from service.settings import Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """Everything with a life of its own. The same for the web process and the worker."""

    settings: Settings
    database: Database
    organisations: OrganisationSnapshot
    secrets: SecretBox
    forms: FormValidator

    @property
    def organisation(self) -> Organisation:
        """As it is now: asks the database whether it has changed."""
        return self.organisations.current()


def current_parts() -> Parts:
    return cast(Parts, current_app.extensions["liuzhuan"])
