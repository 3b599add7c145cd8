"""What signing in can be refused for."""

from __future__ import annotations

from engine.facts.errors import Invalid, NotAllowed, Unavailable


class NotSignedIn(NotAllowed):
    """This needs a signed-in person or an API token. Sign in, then try again."""


class SignInRefused(NotAllowed):
    """The account and the password do not belong together. Check both and try again."""


class PresentPasswordWrong(Invalid):
    """This is not your present password. Check it and try again."""


class TooManyAttempts(Unavailable):
    """Signing in failed too often. Try again in {seconds} {seconds:second|seconds}."""


class CrossSiteRequest(NotAllowed):
    """The request did not come from a page of this service: {why}. Reload the page and try again."""
