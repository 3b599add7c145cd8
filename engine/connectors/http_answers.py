"""What came back to the connector `http`, taken apart: nobody knows what a receiver sends."""

from __future__ import annotations

import http.client
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from engine.connectors.connector import ConnectorFailed
from engine.facts.pauses import FURTHEST_OF_JOBS
from engine.facts.sentences import Sentence

#: Bytes of an answer that are read; a larger one fails.
ANSWER_LIMIT = 1_000_000
#: Answers that may be different in a while; every other one from 400 on makes an incident at once.
RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})
#: Methods that only ask: called again they do nothing twice.
_ASKING = frozenset({"GET", "HEAD"})
#: Characters of a receiver's own words in an incident.
_MAX_WORDS = 200


def read(response: http.client.HTTPResponse, host: str, method: str) -> Mapping[str, Any]:
    """`status`, `headers` and `body`, JSON read. Raises ConnectorFailed.

    What was answered with a status of success has been done: whatever is wrong with the answer, the receiver is not called again,
    except to ask.
    """
    if response.status >= 400:
        raise ConnectorFailed(
            Sentence("{host} answered {status} {reason}.", host=host, status=response.status, reason=words(response.reason)),
            is_retryable=response.status in RETRYABLE,
            retry_in=pause(response.getheader("Retry-After"), response.getheader("Date")),
        )
    try:
        content = _content(response)
    except (OSError, http.client.HTTPException) as error:
        said = Sentence(
            "{host} answered {status}, but its answer broke off: {why}. What was asked of it may be done.",
            host=host,
            status=response.status,
            why=words(str(error)),
        )
        raise ConnectorFailed(said, is_retryable=method in _ASKING) from error
    if len(content) > ANSWER_LIMIT:
        raise ConnectorFailed(
            Sentence("The answer of {host} has more than {limit} bytes.", host=host, limit=ANSWER_LIMIT), is_retryable=False
        )
    headers = {name.lower(): value for name, value in response.getheaders()}
    return {"status": response.status, "headers": headers, "body": _body(content, headers.get("content-type", ""), host)}


def pause(text: str | None, said_at: str | None = None) -> float | None:
    """Seconds that a receiver asks for, two hours at most, by their number or as the moment when they are over; None for what is
    neither, and for a moment that is past. `said_at`: the date of its answer, so that its clock may be another one than ours."""
    if not text or not text.isascii():
        return None
    longest = FURTHEST_OF_JOBS.total_seconds()
    if text.isdigit():
        return longest if len(text) > 9 else min(float(text), longest)
    moment, sent = _moment(text), _moment(said_at or "") or datetime.now(UTC)
    seconds = (moment - sent).total_seconds() if moment else 0
    return min(seconds, longest) if seconds > 0 else None


def _moment(text: str) -> datetime | None:
    """A date as HTTP writes it; None for anything else."""
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=moment.tzinfo or UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def words(text: str) -> str:
    """What somebody else says, as it can be kept and shown."""
    return "".join(c if c.isprintable() else "�" for c in text)[:_MAX_WORDS]


def _content(response: http.client.HTTPResponse) -> bytes:
    """A little more than the limit of one that is longer."""
    content = response.read(ANSWER_LIMIT + 1)
    if len(content) <= ANSWER_LIMIT and response.length:
        raise http.client.IncompleteRead(content, response.length)
    return content


def _body(content: bytes, kind: str, host: str) -> Any:
    text = content.decode("utf-8", "replace")
    if "json" not in kind.lower():
        return text
    try:
        return json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ConnectorFailed(Sentence("The answer of {host} is nested too deeply.", host=host), is_retryable=False) from error
    except ValueError:
        return text


def _refuse(constant: str) -> Any:
    """NaN and Infinity are no JSON."""
    raise ValueError(constant)
