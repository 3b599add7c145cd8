"""What `serve` and `demo` say while they start: that the service is ready, or what it waits for."""

from __future__ import annotations

import http.client
import json
import os
import time
from collections.abc import Callable
from contextlib import closing

import click

from engine.facts.pace import Pace, PaceOfLast
from engine.facts.sentences import Sentence, verbatim
from engine.store.reaching import trouble
from service.commands.speaking import language, said
from service.identity.snapshot import NOBODY
from service.settings import Settings

#: How long a service is given before it is told what it waits for, in seconds.
PATIENCE = 5.0
#: Between two looks, in seconds: at first, and when it takes long.
_SHORTEST, _LONGEST = 0.05, 1.0

_SILENT = Sentence("The service does not answer yet.")


def tell_when_ready(host: str, port: int, when_ready: Callable[[], None]) -> None:
    """A process beside the service, as long as that is not ready; ends with the one that has started it."""
    settings = Settings.from_environment(os.environ)
    waiting = Waiting(lambda sentence: click.secho(said(sentence), fg="yellow", err=True))
    parent, began = os.getppid(), time.monotonic()
    away = trouble(settings.database_url, NOBODY)
    if away is not None:
        waiting.tell(away)
    while os.getppid() == parent:
        code, sentence = _answer(host, port)
        if code == "ok":
            when_ready()
            return
        passed = time.monotonic() - began
        if passed > PATIENCE:
            waiting.tell(trouble(settings.database_url, NOBODY) or sentence)
        time.sleep(_SHORTEST if passed < PATIENCE else _LONGEST)


class Waiting:
    """Tells what is waited for: once when it is something else, and the same ever more seldom."""

    def __init__(self, tell: Callable[[Sentence], None], pace: Callable[[], Pace] = Pace) -> None:
        self._tell = tell
        self._pace = PaceOfLast(pace)

    def tell(self, sentence: Sentence) -> None:
        if self._pace.times(sentence):
            self._tell(sentence)


def _answer(host: str, port: int) -> tuple[str, Sentence]:
    """What /readyz says: `ok`, or a code and its sentence."""
    with closing(http.client.HTTPConnection("127.0.0.1" if host in ("0.0.0.0", "::") else host, port, timeout=2)) as connection:  # noqa: S104
        try:
            connection.request("GET", "/readyz", headers={"Accept-Language": language()})
            answer = connection.getresponse()
            told = json.loads(answer.read())
        except (OSError, http.client.HTTPException, ValueError):
            return "", _SILENT
    return ("ok", _SILENT) if answer.status == 200 else (str(told.get("code")), verbatim(str(told.get("detail"))))
