"""Setting, listing and deleting secrets: only administrators do. A value goes in and never comes out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from engine import access
from engine.facts.errors import Invalid, NotFound, Problem
from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from service.encryption import SecretBox
from service.store import secrets
from service.store.secrets import KeptSecret, Secret

NAME = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")
#: Characters of a value. A shorter one could not be told from other texts where a receiver repeats it.
SHORTEST, LONGEST = 8, 10_000
MOST_HOSTS = 20
_LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?"
_PORT = r"(?::[1-9][0-9]{0,3}|:[1-5][0-9]{4}|:6[0-4][0-9]{3}|:65[0-4][0-9]{2}|:655[0-2][0-9]|:6553[0-5])"
#: A name or an address, with a port or without; that of IPv6 stands in brackets before a port.
_HOST = re.compile(rf"(?=.{{1,253}}$){_LABEL}(?:\.{_LABEL})*{_PORT}?|[0-9a-f:]{{2,39}}|\[[0-9a-f:]{{2,39}}\]{_PORT}")


class SecretRefused(Invalid):
    """The secret cannot be kept: {count} {count:problem|problems}."""


def list_(work: UnitOfWork) -> Sequence[Secret]:
    """All of them, by name, without their values."""
    access.right(work, "administer", to=Sentence("see which secrets there are"))
    return secrets.all_(work)


def names(work: UnitOfWork) -> Collection[str]:
    """For who deploys models: which secrets they may refer to."""
    return secrets.names(work)


def set_(work: UnitOfWork, box: SecretBox, name: str, value: str, hosts: Iterable[str] = ()) -> Secret:
    """A new one, or a new value for one there is. Without hosts it may be sent to any. Who may send it where is entered together
    with the value: nobody sends elsewhere what they do not know.
    """
    access.right(work, "administer", to=Sentence("set secrets"))
    found = Secret(name, tuple(dict.fromkeys(host.strip().lower() for host in hosts if host.strip())), work.now, work.actor.id)
    problems = tuple(_problems(found, value))
    if problems:
        raise SecretRefused(problems=problems, count=len(problems))
    secrets.put(work, found, box.encrypt(value, place(found)))
    return found


def delete(work: UnitOfWork, name: str) -> None:
    """Models that refer to it fail with an incident until it is set again."""
    access.right(work, "administer", to=Sentence("delete secrets"))
    if not secrets.remove(work, name):
        raise NotFound(kind=Sentence("secret"), id=name)


def place(secret: Secret | KeptSecret) -> str:
    """What a value is bound to: under other hosts it cannot be read either."""
    return f"secret/{secret.name}/{','.join(secret.hosts)}"


def _problems(secret: Secret, value: str) -> Iterator[Problem]:
    if not NAME.fullmatch(secret.name):
        sentence = Sentence("A name has 1 to 64 small letters, digits and hyphens, and begins and ends with a letter or digit.")
        yield Problem("name", sentence, where="name", fix=Sentence("Choose one such as crm-token."))
    if not SHORTEST <= len(value) <= LONGEST:
        sentence = Sentence("The value has to have {least} to {limit:,} characters.", least=SHORTEST, limit=LONGEST)
        yield Problem("value", sentence, where="value", fix=Sentence("Let the other system make a longer one."))
    elif value != value.strip() or "\0" in value:
        sentence = Sentence("The value begins or ends with a space or a line break, or holds the character NUL.")
        yield Problem("value", sentence, where="value", fix=Sentence("Take it out."))
    if len(secret.hosts) > MOST_HOSTS:
        yield Problem("hosts", Sentence("There are more than {limit} hosts.", limit=MOST_HOSTS), where="hosts")
    for host in secret.hosts:
        if not _HOST.fullmatch(host):
            sentence = Sentence("{host} is no name of a host.", host=host)
            fix = Sentence(
                "Write it without https:// and without a path: api.example.com for the ports 443 and 80, or "
                "api.example.com:8443 for another one."
            )
            yield Problem("hosts", sentence, where="hosts", fix=fix)
