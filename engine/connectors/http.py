"""Calls a web address from a service task."""

from __future__ import annotations

import http.client
import json
import ssl
from collections.abc import Collection, Mapping
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit

from engine.connectors.addresses import Network, connect
from engine.connectors.connector import ConnectorFailed, Job
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD")
#: Seconds until an answer has to come, at most.
LONGEST_WAIT = 60
#: Bytes of an answer that are read; a larger one fails.
ANSWER_LIMIT = 1_000_000
#: Answers that may be different in a while; every other one from 400 on makes an incident at once.
RETRYABLE = frozenset({408, 425, 429, 500, 502, 503, 504})


class Http:
    """One request; redirects are not followed, they are answers. Gives `status`, `headers` and `body` (JSON read)."""

    name = "http"
    help = Said("calls a web address; gives status, headers and body", "调用一个网址；返回 status、headers、body")
    parameters = (
        Entry("url", Said("http or https address", "http 或 https 地址"), is_required=True, takes_feel=True, takes_secrets=True),
        Entry(
            "query",
            Said("names and values that are added to the address after `?`", "加在网址 `?` 之后的参数名称与值"),
            Kind.CONTEXT,
            takes_feel=True,
            takes_secrets=True,
        ),
        Entry("method", Said("method of HTTP", "HTTP 方法"), Kind.CHOICE, default="GET", choices=METHODS, takes_feel=True),
        Entry(
            "headers", Said("names and values of headers", "请求头的名称与值"), Kind.CONTEXT, takes_feel=True, takes_secrets=True
        ),
        Entry(
            "body",
            Said("sent as JSON, or as it is when it is text", "以 JSON 发送，文字则原样发送"),
            Kind.VALUE,
            takes_feel=True,
            takes_secrets=True,
        ),
        Entry(
            "timeout",
            Said("seconds to wait for the answer", "等待回应的秒数"),
            Kind.NUMBER,
            default="20",
            limits=(1, LONGEST_WAIT),
            takes_feel=True,
        ),
    )

    def __init__(self, allowed: tuple[Network, ...] = ()) -> None:
        self.allowed = allowed

    def receivers(self, inputs: Mapping[str, Any]) -> Collection[str]:
        """The host of the address, and the one that a header `Host` names: a server for many hands the request on to that one."""
        hosts = {str(_address(inputs.get("url")).hostname)}
        for name, value in _headers(inputs).items():
            if name.lower() == "host":
                hosts.add(value.lower().rpartition(":")[0] or value.lower())
        return hosts

    def call(self, inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        url = _address(inputs.get("url"))
        method = str(inputs.get("method") or "GET").upper()
        if method not in METHODS:
            raise ConnectorFailed(
                Sentence("{method} is not a method of HTTP that can be used here.", method=method), is_retryable=False
            )
        body, headers = _content(inputs, job)
        connection = _connection(url, min(float(inputs.get("timeout") or 20), LONGEST_WAIT), self.allowed)
        try:
            connection.request(method, _target(url, inputs.get("query")), body=body, headers=headers)
            return _answer(connection.getresponse(), url)
        except (OSError, http.client.HTTPException) as error:
            raise ConnectorFailed(
                Sentence("{host} did not answer properly: {why}.", host=url.hostname, why=str(error))
            ) from error
        finally:
            connection.close()


def _address(url: Any) -> SplitResult:
    try:
        parts = urlsplit(str(url))
        port_is_valid = parts.port != 0
    except ValueError:
        parts, port_is_valid = SplitResult("", "", "", "", ""), False
    if parts.scheme not in ("http", "https") or not parts.hostname or not port_is_valid:
        raise ConnectorFailed(Sentence("The url is not an http or https address."), is_retryable=False)
    if parts.username or parts.password:
        raise ConnectorFailed(Sentence("The url holds a user name or password; send a header instead."), is_retryable=False)
    return parts


def _target(url: SplitResult, more: Any) -> str:
    """With what is added to the query; a list is a name several times."""
    if more is not None and not isinstance(more, Mapping):
        raise ConnectorFailed(Sentence("The query is no context of names and values."), is_retryable=False)
    given = {str(name): value for name, value in (more or {}).items() if value is not None}
    query = "&".join(filter(None, (url.query, urlencode(given, doseq=True))))
    return (url.path or "/") + (f"?{query}" if query else "")


def _content(inputs: Mapping[str, Any], job: Job) -> tuple[bytes | None, dict[str, str]]:
    headers = {"User-Agent": "liuzhuan", "Accept": "application/json", "Idempotency-Key": job.id, **_headers(inputs)}
    body = inputs.get("body")
    if body is None or body == "":
        return None, headers
    if isinstance(body, str):
        return body.encode(), {"Content-Type": "text/plain; charset=utf-8", **headers}
    return json.dumps(body, ensure_ascii=False).encode(), {"Content-Type": "application/json", **headers}


def _headers(inputs: Mapping[str, Any]) -> dict[str, str]:
    """Those that the model wants."""
    headers = {}
    for name, value in (inputs.get("headers") or {}).items():
        if any(c in f"{name}{value}" for c in "\r\n\0"):
            raise ConnectorFailed(Sentence("The header '{name}' holds a line break.", name=name), is_retryable=False)
        headers[str(name)] = str(value)
    return headers


def _connection(url: SplitResult, timeout: float, allowed: tuple[Network, ...]) -> http.client.HTTPConnection:
    host, secure = url.hostname or "", url.scheme == "https"
    port = url.port or (443 if secure else 80)
    connection = http.client.HTTPConnection(host, port, timeout=timeout)
    plain = connect(host, port, timeout, allowed)
    try:
        connection.sock = ssl.create_default_context().wrap_socket(plain, server_hostname=host) if secure else plain
    except (OSError, ValueError) as error:
        plain.close()
        raise ConnectorFailed(Sentence("No secure connection to {host}: {why}.", host=host, why=str(error))) from error
    return connection


def _answer(response: http.client.HTTPResponse, url: SplitResult) -> Mapping[str, Any]:
    content = response.read(ANSWER_LIMIT + 1)
    if len(content) > ANSWER_LIMIT:
        raise ConnectorFailed(
            Sentence("The answer of {host} has more than {limit} bytes.", host=url.hostname, limit=ANSWER_LIMIT),
            is_retryable=False,
        )
    if response.status >= 400:
        raise ConnectorFailed(
            Sentence("{host} answered {status} {reason}.", host=url.hostname, status=response.status, reason=response.reason),
            is_retryable=response.status in RETRYABLE,
            retry_in=_pause(response.getheader("Retry-After")),
        )
    headers = {name.lower(): value for name, value in response.getheaders()}
    return {"status": response.status, "headers": headers, "body": _read(content, headers.get("content-type", ""))}


def _pause(text: str | None) -> float | None:
    return float(text) if text and text.isdigit() else None


def _read(content: bytes, kind: str) -> Any:
    text = content.decode("utf-8", "replace")
    if "json" not in kind.lower():
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text
