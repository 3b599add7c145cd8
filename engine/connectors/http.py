"""Calls a web address from a service task."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Collection, Mapping
from typing import Any, cast
from urllib.parse import SplitResult

from engine.connectors import http_answers, http_inputs
from engine.connectors.addresses import Network, connect
from engine.connectors.connector import ConnectorFailed, Host, Job
from engine.connectors.deadline import Deadline, TimedSocket
from engine.connectors.http_inputs import LONGEST_WAIT, METHODS
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence


class Http:
    """One request; redirects are not followed, they are answers. Gives `status`, `headers` and `body` (JSON read)."""

    name = "http"
    help = Said("calls a web address; gives status, headers and body", "调用一个网址；返回 status、headers、body")
    parameters = (
        Entry(
            "url",
            Said("http or https address", "http 或 https 地址"),
            is_required=True,
            takes_feel=True,
            takes_secrets=True,
            is_address=True,
        ),
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

    def receivers(self, inputs: Mapping[str, Any]) -> Collection[Host]:
        """The host of the address, and the one that a header `Host` names: a server for many hands the request on to that one."""
        url = http_inputs.address(inputs.get("url"))
        port = http_inputs.port(url)
        hosts = {Host(str(url.hostname), port)}
        for name, value in http_inputs.headers(inputs).items():
            if name.lower() == "host":
                hosts.add(http_inputs.named_host(value, port))
        return hosts

    def call(self, inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        url = http_inputs.address(inputs.get("url"))
        method = http_inputs.method(inputs)
        target = http_inputs.target(url, inputs.get("query"))
        body, headers = http_inputs.content(inputs, job)
        deadline = Deadline(min(http_inputs.timeout(inputs), job.seconds))
        try:
            with _Connection(url, deadline, self.allowed) as connection:
                connection.request(method, target, body=body, headers=headers)
                with connection.getresponse() as response:
                    return http_answers.read(response, str(url.hostname), method)
        except TimeoutError as error:
            raise ConnectorFailed(
                Sentence("{host} did not answer within {seconds} s.", host=url.hostname, seconds=f"{deadline.seconds:g}")
            ) from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            why = http_answers.words(str(error))
            raise ConnectorFailed(Sentence("{host} did not answer properly: {why}.", host=url.hostname, why=why)) from error


class _Connection(http.client.HTTPConnection):
    """To an address that may be reached; everything over it has one deadline."""

    def __init__(self, url: SplitResult, deadline: Deadline, allowed: tuple[Network, ...]) -> None:
        host, secure = url.hostname or "", url.scheme == "https"
        port = http_inputs.port(url)
        super().__init__(host, port)
        plain = connect(host, port, deadline, allowed)
        self.sock = cast(socket.socket, TimedSocket(_secured(plain, host, deadline) if secure else plain, deadline))

    def __enter__(self) -> _Connection:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _secured(plain: socket.socket, host: str, deadline: Deadline) -> socket.socket:
    try:
        plain.settimeout(deadline.left())
        return ssl.create_default_context().wrap_socket(plain, server_hostname=host)
    except TimeoutError:
        plain.close()
        raise
    except (OSError, ValueError) as error:
        plain.close()
        raise ConnectorFailed(
            Sentence("No secure connection to {host}: {why}.", host=host, why=http_answers.words(str(error)))
        ) from error
