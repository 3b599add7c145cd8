"""What a model hands over to the connector `http`, made into a request or refused: what is wrong here is wrong at each try."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import SplitResult, quote, urlencode, urlsplit

from engine.connectors.connector import ConnectorFailed, Host, Job
from engine.facts.sentences import Sentence

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
#: Seconds for a call as a whole, from looking for its address to the last byte of the answer, at most.
LONGEST_WAIT = 60
_USUAL_WAIT = 20

#: As HTTP spells the name of a header.
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
#: What says how long a request is follows from its body.
_OURS = frozenset({"content-length", "transfer-encoding", "connection"})
#: Characters that stand for themselves in a path or query; others are written as %XX.
_PLAIN = "/%:@!$&'()*+,;=~-._?"


def method(inputs: Mapping[str, Any]) -> str:
    given = str(inputs.get("method") or "GET").upper()
    if given not in METHODS:
        raise _wrong(Sentence("{method} is not a method of HTTP that can be used here.", method=given[:50]))
    return given


def timeout(inputs: Mapping[str, Any]) -> float:
    """Seconds; a text is read as a number, and more than the longest is the longest."""
    given = inputs.get("timeout")
    if given is None or given == "":
        return _USUAL_WAIT
    try:
        seconds = math.nan if isinstance(given, bool) else float(given)
    except (TypeError, ValueError, OverflowError):
        seconds = math.nan
    if not seconds > 0:
        limit = Sentence(
            "The timeout is no number of seconds from 1 to {limit}: {value}.", limit=LONGEST_WAIT, value=str(given)[:50]
        )
        raise _wrong(limit)
    return min(seconds, LONGEST_WAIT)


def address(url: Any) -> SplitResult:
    try:
        parts = urlsplit(str(url))
        port_is_valid = parts.port != 0
    except ValueError:
        parts, port_is_valid = SplitResult("", "", "", "", ""), False
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_valid:
        raise _wrong(Sentence("The url is not an http or https address."))
    if parts.username or parts.password:
        raise _wrong(Sentence("The url holds a user name or password; send a header instead."))
    return parts


def port(url: SplitResult) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def named_host(header: str, port: int) -> Host:
    """Whom a header `Host` names; `port` is that of the connection, where it names none."""
    named = re.fullmatch(r"\[?(.+?)\]?(?::([0-9]{1,5}))?", header.strip().lower())
    return Host(named[1], int(named[2] or port)) if named else Host(header, port)


def target(url: SplitResult, more: Any = None) -> str:
    """Path and query, with what is added to it: a list is a name several times. What cannot stand there as it is, Chinese for
    example, is written as %XX."""
    if more is not None and not isinstance(more, Mapping):
        raise _wrong(Sentence("The query is no context of names and values."))
    given = {str(name): value for name, value in (more or {}).items() if value is not None}
    try:
        query = "&".join(filter(None, (quote(url.query, safe=_PLAIN), urlencode(given, doseq=True))))
        return quote(url.path or "/", safe=_PLAIN) + (f"?{query}" if query else "")
    except UnicodeError as error:
        raise _wrong(Sentence("The url is not an http or https address.")) from error


def content(inputs: Mapping[str, Any], job: Job) -> tuple[bytes | None, dict[str, str]]:
    """The body and all headers. Those of the model stand in place of the usual ones."""
    body = inputs.get("body")
    usual = {"User-Agent": "liuzhuan", "Accept": "application/json", "Idempotency-Key": job.id}
    if body is None or body == "":
        return None, _merged(usual, headers(inputs))
    is_text = isinstance(body, str)
    usual["Content-Type"] = "text/plain; charset=utf-8" if is_text else "application/json"
    try:
        sent = (body if is_text else json.dumps(body, ensure_ascii=False)).encode()
    except (UnicodeError, TypeError, ValueError, RecursionError) as error:
        raise _wrong(Sentence("The body cannot be sent: it is neither a text nor JSON.")) from error
    return sent, _merged(usual, headers(inputs))


def headers(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Those that the model wants. Their values are not repeated in what is refused: they may be secrets."""
    given = inputs.get("headers")
    if given is None or given == "":
        return {}
    if not isinstance(given, Mapping):
        raise _wrong(Sentence("The headers are no context of names and values."))
    found = {}
    for name, value in given.items():
        if not _NAME.fullmatch(str(name)) or str(name).lower() in _OURS:
            raise _wrong(Sentence("'{name}' cannot be the name of a header here.", name=str(name)[:100]))
        if value is None:
            continue
        if isinstance(value, (Mapping, list)):
            raise _wrong(Sentence("The header '{name}' is not one text.", name=name))
        text = str(value)
        if any(c in text for c in "\r\n\0"):
            raise _wrong(Sentence("The header '{name}' holds a line break.", name=name))
        if not text.isascii() or not text.isprintable():
            raise _wrong(Sentence("The header '{name}' holds characters that headers cannot carry.", name=name))
        found[str(name)] = text
    return found


def _merged(usual: dict[str, str], wanted: dict[str, str]) -> dict[str, str]:
    given = {name.lower() for name in wanted}
    return {name: value for name, value in usual.items() if name.lower() not in given} | wanted


def _wrong(sentence: Sentence) -> ConnectorFailed:
    return ConnectorFailed(sentence, is_retryable=False)
