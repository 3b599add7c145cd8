"""What is refused when a form cannot be checked."""

from __future__ import annotations

from engine.facts.errors import Invalid, Unavailable


class FormUnusable(Invalid):
    """The form cannot be used: {why}. Ask the process designer to correct it."""


class FormCheckStopped(Unavailable):
    """The form was not checked: that took more than {limit}. Ask the process designer to simplify its patterns and conditions."""
