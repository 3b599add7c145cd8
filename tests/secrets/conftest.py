"""A worker's parts on each database, the connector `http`, and a receiver that repeats all it was sent, in every way."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, quote, urlsplit
from uuid import UUID
from xml.sax.saxutils import quoteattr

import pytest

from engine import access, process_instances
from engine.definitions import deployments
from engine.definitions.deployments import Deployment, File
from engine.facts.actor import SYSTEM
from service.assembling import assemble
from service.background import run_jobs
from service.parts import Parts
from service.secrets import keeping
from service.settings import Settings

#: With letters that each encoding writes differently.
VALUE = 'tok/en+4711 "ü&=?%'
NAME = "crm-token"
REFERENCE = f"{{{{secret.{NAME}}}}}"

SETTINGS = Settings(secret_key="a key of this service, of forty letters", connector_networks=("127.0.0.0/8",))


@dataclass
class Receiver:
    """What it was sent, and what it answers: with `status`, all of it again, plain, quoted, in JSON, hexadecimal and base64."""

    port: int = 0
    status: int = 200
    requests: list[dict[str, Any]] = field(default_factory=list)

    def url(self, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}/leads"

    def answer(self) -> bytes:
        said = json.dumps(self.requests[-1], ensure_ascii=False)
        ways = [said, quote(said, safe=""), json.dumps(said), repr(said), said.encode().hex()]
        ways += [base64.b64encode(b"x" * offset + VALUE.encode() + b"and more").decode() for offset in range(3)]
        return json.dumps({"ways": ways, VALUE: [VALUE]}).encode()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    found = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            # http.client sends the letters of a header as Latin-1.
            headers = {name: value.encode("latin-1").decode("latin-1") for name, value in self.headers.items()}
            query = dict(parse_qsl(urlsplit(self.path).query))
            found.requests.append({"path": self.path, "query": query, "headers": headers, "body": content})
            answer = found.answer()
            self.send_response(found.status, quote(VALUE))
            self.send_header("Content-Type", "application/json")
            self.send_header("X-Echo", quote(VALUE))
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: Any) -> None: ...

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.port = listening.server_address[1]
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield found
    listening.shutdown()
    listening.server_close()


@pytest.fixture
def parts(database_url: str) -> Iterator[Parts]:
    found = assemble(Settings(**{**_values(SETTINGS), "database_url": database_url}))
    yield found
    found.close()


def _values(settings: Settings) -> dict[str, Any]:
    return {name: getattr(settings, name) for name in Settings.__dataclass_fields__}


@pytest.fixture
def set_secret(parts: Parts) -> Callable[..., None]:
    def set_(*hosts: str, name: str = NAME, value: str = VALUE) -> None:
        with parts.begin(SYSTEM) as work:
            keeping.set_(work, parts.secrets, name, value, hosts)

    return set_


def model(inputs: dict[str, str], connector: str = "http", more: str = "") -> bytes:
    """A process `call` with one service task, and what its connector is handed."""
    handed = "".join(f"<liuzhuan:input name={quoteattr(name)} value={quoteattr(value)}/>" for name, value in inputs.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" targetNamespace="t" id="d">
  <process id="call" isExecutable="true">
    <startEvent id="start"/><sequenceFlow id="f1" sourceRef="start" targetRef="step"/>
    <serviceTask id="step"><extensionElements><liuzhuan:connector name="{connector}" retries="0">{handed}
      <liuzhuan:output name="answer" value="={{status: status, headers: headers, body: body}}"/></liuzhuan:connector>
    </extensionElements></serviceTask>
    <sequenceFlow id="f2" sourceRef="step" targetRef="wait"/><userTask id="wait"/>{more}
  </process>
</definitions>""".encode()


@dataclass
class Caller:
    """Deploys, starts, calls."""

    parts: Parts

    def deploy(self, inputs: dict[str, str], **more: str) -> Deployment:
        with self.parts.begin(SYSTEM) as work:
            file = File("call.bpmn", model(inputs, **more))
            names = keeping.names(work)
            return deployments.deploy(work, [file], name="tests", connectors=self.parts.connectors, secrets=names)

    def call(self, inputs: dict[str, str], **variables: Any) -> UUID:
        self.deploy(inputs)
        return self.start(**variables)

    def start(self, **variables: Any) -> UUID:
        with self.parts.begin(SYSTEM) as work:
            id = process_instances.start(work, "call", variables).id
        run_jobs.run_once(self.parts)
        return id

    def answer(self, id: UUID) -> Any:
        with self.parts.begin(SYSTEM) as work:
            return process_instances.variables(work, access.process_instance_with_state(work, id, to="see"))["answer"]


@pytest.fixture
def caller(parts: Parts) -> Caller:
    return Caller(parts)
