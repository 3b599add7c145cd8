"""A secret reaches the receiver and nobody else: not the rows, the log, the incidents, nor who asks the API."""

from __future__ import annotations

import base64
import html
import json
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, quote_plus

import pytest
from sqlalchemy import inspect, text

from engine.connectors import ConnectorFailed, Host, Http, Job, ModelError
from engine.facts.actor import SYSTEM
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.sentences import Sentence, verbatim
from engine.operating import incidents
from service.background import run_jobs
from service.log_lines import JsonLines
from service.parts import Parts
from service.secrets.redaction import Redaction
from tests.secrets.conftest import NAME, REFERENCE, VALUE, Caller, Receiver

SetSecret = Callable[..., None]

#: Every place of the connector `http` that takes a secret, and what the receiver has of it.
PLACES: Mapping[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "url": ("{url}?key=" + REFERENCE, lambda got: got["path"]),
    "query": ('={key: "' + REFERENCE + '", other: other}', lambda got: got["query"]["key"]),
    "headers": ('={Authorization: "Bearer ' + REFERENCE + '"}', lambda got: got["headers"]["Authorization"]),
    "body": (
        '={login: {user: other, password: ["' + REFERENCE + '"]}}',
        lambda got: json.loads(got["body"])["login"]["password"][0],
    ),
}
ASCII = "tok_en-4711.abcdef"


def cause(parts: Parts) -> str:
    with parts.begin(SYSTEM) as work:
        return str(incidents.list_(work).items[0].cause)


@pytest.mark.parametrize("place", PLACES)
def test_the_receiver_gets_the_value(caller: Caller, receiver: Receiver, set_secret: SetSecret, place: str) -> None:
    set_secret(value=ASCII)
    written, sent = PLACES[place]
    inputs = {"url": receiver.url(), "method": "POST", place: written.replace("{url}", receiver.url())}
    caller.call(inputs, other="li.na")
    assert ASCII in sent(receiver.requests[0])


def test_every_input_that_takes_secrets_is_tried_here() -> None:
    assert {entry.name for entry in Http.parameters if entry.takes_secrets} == PLACES.keys()


def forms(value: str) -> Iterator[str]:
    yield from (value, quote(value), quote(value, safe=""), json.dumps(value)[1:-1], value.encode().hex())
    yield base64.b64encode(value.encode()).decode().rstrip("=")[:-1]


@pytest.fixture
def logged(caplog: pytest.LogCaptureFixture) -> Callable[[], str]:
    caplog.set_level(logging.DEBUG)
    return lambda: "\n".join(JsonLines().format(record) for record in caplog.records)


def kept(parts: Parts) -> str:
    """All rows of all tables, but the bytes that are encrypted."""
    with parts.database.engine.connect() as connection:
        tables = inspect(connection).get_table_names()
        rows = [row for table in tables for row in connection.execute(text(f'select * from "{table}"'))]
    return "\n".join(str(bytes(value) if isinstance(value, memoryview) else value) for row in rows for value in row)


@pytest.mark.parametrize("status", [200, 302, 400, 503])
def test_the_value_is_kept_and_logged_nowhere(
    parts: Parts, caller: Caller, receiver: Receiver, set_secret: SetSecret, logged: Callable[[], str], status: int
) -> None:
    """Whatever the receiver repeats."""
    set_secret()
    receiver.status = status
    inputs = {
        "url": receiver.url(),
        "method": "POST",
        "query": '={key: "' + REFERENCE + '"}',
        "body": '={password: "' + REFERENCE + '"}',
    }
    caller.call(inputs)
    assert json.loads(receiver.requests[0]["body"])["password"] == receiver.requests[0]["query"]["key"] == VALUE
    everything = kept(parts) + logged()
    assert [form for form in forms(VALUE) if form in everything] == []
    assert REFERENCE in everything


def test_who_reads_the_answer_sees_where_the_value_was(caller: Caller, receiver: Receiver, set_secret: SetSecret) -> None:
    set_secret()
    id = caller.call({"url": receiver.url(), "method": "POST", "body": REFERENCE})
    answer = caller.answer(id)
    assert receiver.requests[0]["body"] == VALUE
    assert answer["headers"]["x-echo"] == REFERENCE
    assert answer["body"][REFERENCE] == [REFERENCE]


# ---------------------------------------------------------------------- what is no reference
@pytest.mark.parametrize(
    ("inputs", "variables"),
    [
        ({"body": "=typed"}, {"typed": REFERENCE}),
        ({"body": "={note: typed}"}, {"typed": f"see {REFERENCE}"}),
        ({"headers": '={X-Note: typed, Authorization: "' + REFERENCE + '"}'}, {"typed": REFERENCE}),
        ({"query": "={note: typed}", "body": '={a: "' + REFERENCE + '"}'}, {"typed": REFERENCE}),
        ({"body": '={a: "' + REFERENCE + '", list: typed}'}, {"typed": [REFERENCE, {"a": REFERENCE}]}),
        ({"body": "=typed", "headers": '={Authorization: "' + REFERENCE + '"}'}, {"typed": {"Authorization": REFERENCE}}),
    ],
)
def test_what_somebody_has_entered_is_no_reference(
    caller: Caller, receiver: Receiver, set_secret: SetSecret, inputs: dict[str, str], variables: dict[str, Any]
) -> None:
    """A second reading of what people type would hand them the secret: by a receiver of theirs, or by its echo."""
    set_secret(value=ASCII)
    caller.call({"url": receiver.url(), "method": "POST"} | inputs, **variables)
    (got,) = receiver.requests
    in_model = sum(value.count(REFERENCE) for value in inputs.values())
    assert json.dumps(got).count(ASCII) == in_model
    assert REFERENCE in json.dumps(got).replace("%7B", "{").replace("%7D", "}").replace("%3A", ":")


def test_without_a_reference_there_is_no_secret(caller: Caller, receiver: Receiver, set_secret: SetSecret) -> None:
    set_secret(value=ASCII)
    caller.call({"url": receiver.url(), "method": "POST", "body": "={a: null, b: missing}"}, typed=1)
    assert ASCII not in json.dumps(receiver.requests)


# ---------------------------------------------------------------------- where it may go
def test_it_goes_to_the_host_it_is_for(caller: Caller, receiver: Receiver, set_secret: SetSecret) -> None:
    set_secret("other.example.com", f"127.0.0.1:{receiver.port}", value=ASCII)
    caller.call({"url": receiver.url(), "method": "POST", "body": REFERENCE})
    assert receiver.requests[0]["body"] == ASCII


@pytest.mark.parametrize("how", ["another name", "a variable", "a header", "user info"])
def test_it_goes_to_no_other_host(parts: Parts, caller: Caller, receiver: Receiver, set_secret: SetSecret, how: str) -> None:
    set_secret("api.crm.example.com" if how != "a header" else f"127.0.0.1:{receiver.port}", value=ASCII)
    inputs = {"url": receiver.url(), "method": "POST", "body": REFERENCE}
    if how == "another name":
        inputs["url"] = receiver.url("localhost")
    if how == "a variable":
        inputs["url"] = "=where"
    if how == "a header":
        inputs["headers"] = '={hOST: "evil.example.com:80"}'
    if how == "user info":
        inputs["url"] = receiver.url("api.crm.example.com@127.0.0.1")
    caller.call(inputs, where=receiver.url())
    assert receiver.requests == []
    assert f"The secret {NAME} may be sent to" in cause(parts) or "user name" in cause(parts)


@pytest.mark.parametrize(("port", "is_sent"), [("", False), (":{port}", True), (":1", False), (":80", False)])
def test_another_port_than_the_usual_ones_wants_an_entry_of_its_own(
    parts: Parts, caller: Caller, receiver: Receiver, set_secret: SetSecret, port: str, is_sent: bool
) -> None:
    set_secret("127.0.0.1" + port.format(port=receiver.port), value=ASCII)
    caller.call({"url": receiver.url(), "method": "POST", "body": REFERENCE})
    assert len(receiver.requests) == is_sent
    assert is_sent or f"not to 127.0.0.1:{receiver.port}; without a port" in cause(parts)


@pytest.mark.parametrize(
    ("entry", "host", "is_allowed"),
    [
        ("a.example", Host("a.example", 443), True),
        ("a.example", Host("a.example", 80), True),
        ("a.example", Host("a.example", 8443), False),
        ("a.example", Host("a.example", 444), False),
        ("a.example:8443", Host("a.example", 8443), True),
        ("a.example:8443", Host("a.example", 443), False),
        ("2001:db8::1", Host("2001:db8::1", 443), True),
        ("2001:db8::1", Host("2001:db8::1", 8080), False),
        ("[2001:db8::1]:8080", Host("2001:db8::1", 8080), True),
        ("notify", Host("notify"), True),
    ],
)
def test_an_entry_without_a_port_means_those_of_https_and_http(entry: str, host: Host, is_allowed: bool) -> None:
    assert host.is_among([entry]) is is_allowed


@pytest.mark.parametrize(
    ("url", "header", "hosts"),
    [
        ("http://A.example/", "", ["a.example:80"]),
        ("https://a.example/", "", ["a.example:443"]),
        ("https://[2001:DB8::1]/", "", ["[2001:db8::1]:443"]),
        ("https://a.example:8443/", "B.example", ["a.example:8443", "b.example:8443"]),
        ("https://a.example/", "[2001:db8::1]:99", ["[2001:db8::1]:99", "a.example:443"]),
        ("https://a.example/", "[2001:db8::1]", ["[2001:db8::1]:443", "a.example:443"]),
    ],
)
def test_whom_a_call_reaches_is_said_with_the_port(url: str, header: str, hosts: list[str]) -> None:
    inputs = {"url": url, "headers": {"Host": header} if header else {}}
    assert sorted(map(str, Http().receivers(inputs))) == hosts


@pytest.mark.parametrize(
    ("inputs", "typed"),
    [
        ({"url": "=where", "headers": '={Host: "' + REFERENCE + '"}'}, "http://127.0.0.1/"),
        ({"url": "=where", "headers": '={Host: "x.' + REFERENCE + '.example"}'}, "http://127.0.0.1/"),
    ],
)
@pytest.mark.parametrize("hosts", [(), ("127.0.0.1",)])
def test_a_secret_in_the_name_of_a_host_is_not_looked_up(
    parts: Parts, caller: Caller, set_secret: SetSecret, inputs: dict[str, str], typed: str, hosts: tuple[str, ...]
) -> None:
    set_secret(*hosts, value="ABCdef0123456789GHIjkl")
    caller.call(inputs, where=typed)
    assert "A secret stands in the host of an address" in cause(parts)
    assert "abcdef" not in kept(parts).lower()


def test_a_connector_that_says_no_host_is_given_no_limited_secret(parts: Parts, caller: Caller, set_secret: SetSecret) -> None:
    set_secret("api.crm.example.com")
    caller.parts = replace(parts, connectors={"http": Broken(ValueError("unreached"))})
    caller.call({"text": REFERENCE})
    assert f"The secret {NAME} may be sent to api.crm.example.com" in cause(parts)


# ---------------------------------------------------------------------- what is missing
def test_a_secret_that_is_not_there_is_an_incident(parts: Parts, caller: Caller, receiver: Receiver) -> None:
    caller.call({"url": receiver.url(), "method": "POST", "body": REFERENCE})
    assert cause(parts) == f"There is no secret {NAME}. An administrator has to set it; then retry."
    assert receiver.requests == []


def test_a_secret_under_another_key_is_told(parts: Parts, caller: Caller, receiver: Receiver, set_secret: SetSecret) -> None:
    set_secret()
    with parts.begin(SYSTEM) as work:
        work.write(text("update secret set value = :value"), {"value": b"x" * 60})
    caller.call({"url": receiver.url(), "method": "POST", "body": REFERENCE})
    assert "encrypted under another secret key" in cause(parts)


def test_after_it_was_set_the_incident_can_be_retried(
    parts: Parts, caller: Caller, receiver: Receiver, set_secret: SetSecret
) -> None:
    caller.call({"url": receiver.url(), "method": "POST", "body": REFERENCE})
    set_secret()
    with parts.begin(SYSTEM) as work:
        incidents.retry(work, incidents.list_(work).items[0].id)
    run_jobs.run_once(parts)
    assert receiver.requests[0]["body"] == VALUE


def test_hosts_changed_by_hand_make_it_useless(parts: Parts, caller: Caller, receiver: Receiver, set_secret: SetSecret) -> None:
    """Who may write the table does not send a secret elsewhere."""
    set_secret("api.crm.example.com")
    with parts.begin(SYSTEM) as work:
        work.write(text("update secret set hosts = '[]'"))
    caller.call({"url": receiver.url(), "method": "POST", "body": REFERENCE})
    assert receiver.requests == []
    assert "cannot be read" in cause(parts)


# ---------------------------------------------------------------------- connectors that fail with it in their hands
class Broken:
    """Fails with what it was handed."""

    name = "http"
    help = Said("fails", "失败")
    parameters = (Entry("text", Said("a text", "文字"), Kind.VALUE, takes_feel=True, takes_secrets=True),)

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def call(self, inputs: Mapping[str, Any], job: Job) -> Mapping[str, Any]:
        assert inputs["text"] == VALUE
        raise self.fault


FAULTS: tuple[Exception, ...] = (
    KeyError(VALUE),
    ConnectorFailed(verbatim(f"no {VALUE}"), is_retryable=False),
    ConnectorFailed(Sentence("{host} answered {why}.", host=Sentence("{x}", x=VALUE), why=quote(VALUE)), is_retryable=False),
    ModelError(VALUE, f"message {VALUE}"),
)


@pytest.mark.parametrize("fault", FAULTS, ids=[f"{type(fault).__name__}-{number}" for number, fault in enumerate(FAULTS)])
def test_a_failure_does_not_tell_the_value(
    parts: Parts, caller: Caller, set_secret: SetSecret, logged: Callable[[], str], fault: Exception
) -> None:
    set_secret()
    caller.parts = replace(parts, connectors={"http": Broken(fault)})
    caller.call({"text": REFERENCE})
    everything = kept(parts) + logged()
    assert [form for form in forms(VALUE) if form in everything] == []
    with parts.begin(SYSTEM) as work:
        assert len(incidents.list_(work).items) == 1


def test_the_log_of_an_unforeseen_failure_still_says_where(
    parts: Parts, caller: Caller, set_secret: SetSecret, logged: Callable[[], str]
) -> None:
    set_secret()
    caller.parts = replace(parts, connectors={"http": Broken(KeyError(VALUE))})
    caller.call({"text": REFERENCE})
    assert "in call" in logged() and "KeyError" in logged() and REFERENCE in logged()


# ---------------------------------------------------------------------- redaction by itself
@pytest.mark.parametrize("value", ["12345678", "päßwörd-x", "-----BEGIN\nKEY\n-----", 'a"b\\c/d+e f', "a" * 200, "😀😀😀"])
@pytest.mark.parametrize("before", ["", "x", "xy", "user:"])
def test_every_usual_encoding_is_known(value: str, before: str) -> None:
    redaction = Redaction({"x": value})
    whole = f"{before}{value} and more"
    written = [whole, json.dumps(whole), repr(whole), quote(whole), quote(whole, safe=""), whole.encode().hex()]
    written += [base64.b64encode(whole.encode()).decode(), base64.urlsafe_b64encode(whole.encode()).decode()]
    for each in written:
        assert "{{secret.x}}" in redaction.text(each), each
    assert redaction.json({"a": [value, {"b": value}], value: 1}) == {
        "a": ["{{secret.x}}", {"b": "{{secret.x}}"}],
        "{{secret.x}}": 1,
    }


ASCII_OR_NOT = (
    'tok<en>"4711" x',
    "p/a+s%s&w?ö=d#",
    r"C:\new\table",
    "%41%42%43%44 kept",
    "Aİß-ςΣ-pässwörd",
    "😀&lt;😀\\u0041 of many letters",
)
ENTITIES = str.maketrans({"<": "&LT;", ">": "&gt;", '"': "&quot;", "&": "&amp;", "ö": "&ouml;"})
WRITINGS: Mapping[str, Callable[[str], str]] = {
    "as it is": str,
    "percent": lambda text: quote(text, safe=""),
    "percent, small": lambda text: re.sub("%..", lambda found: found[0].lower(), quote(text, safe="")),
    "percent, all": lambda text: "".join(f"%{byte:02x}" for byte in text.encode()),
    "form": quote_plus,
    "Latin-1": lambda text: text.encode().decode("latin-1"),
    "named entities": lambda text: text.translate(ENTITIES),
    "html": html.escape,
    "decimal entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hexadecimal entities": lambda text: "".join(f"&#X{ord(c):x};" for c in text),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON, all": lambda text: "".join(rf"\u{unit:04X}" for unit in units(text)),
    "Python": lambda text: repr(text.encode())[2:-1],
    "base64": lambda text: base64.encodebytes(text.encode() * 8).decode(),
    "base64, deep": lambda text: base64.encodebytes(b"some letters before" * 9 + text.encode() + b"behind").decode(),
    "hexadecimal": lambda text: text.encode().hex().upper(),
}


def units(text: str) -> Iterator[int]:
    content = text.encode("utf-16-be")
    return (int.from_bytes(content[at : at + 2], "big") for at in range(0, len(content), 2))


@pytest.mark.parametrize("inner", WRITINGS)
@pytest.mark.parametrize("outer", WRITINGS)
@pytest.mark.parametrize("value", ASCII_OR_NOT)
def test_every_writing_in_any_other_is_known_and_the_rest_stays(value: str, inner: str, outer: str) -> None:
    """But an encoding that hides its text as a whole - base64, hexadecimal, another alphabet - over another one."""
    written = WRITINGS[inner](value)
    is_hidden = outer in ("base64", "base64, deep", "hexadecimal") or (outer == "Latin-1" and not written.isascii())
    if is_hidden and inner != "as it is":
        return
    masked = Redaction({"x": value}).text(f"<a 100% {WRITINGS[outer](written)} z>")
    assert masked.startswith("<a 100% ") and masked.endswith("z>") and "{{secret.x}}" in masked
    if not {"base64", "base64, deep"} & {inner, outer}:
        assert masked == "<a 100% {{secret.x}} z>"


@pytest.mark.parametrize("change", [str.lower, str.upper, str.swapcase])
def test_small_and_capital_letters_are_the_same(change: Callable[[str], str]) -> None:
    assert Redaction({"x": "AbCdEf0123_GhIj"}).text(f"not to {change('AbCdEf0123_GhIj')}:80") == "not to {{secret.x}}:80"


def test_of_two_values_one_within_the_other_nothing_is_left() -> None:
    redaction = Redaction({"short": "abcdefgh", "long": "xyz-abcdefgh-xyz", "beside": "xyz-12345678"})
    assert redaction.text("1 xyz-abcdefgh-xyz-12345678 2") == "1 {{secret.long}} 2"


@pytest.mark.parametrize("piece", ["a", "%", "%41", "&amp;", "\\", "\r\n", "%25%32"])
def test_a_large_answer_takes_no_long_time(piece: str) -> None:
    """The largest that is read, three secrets."""
    redaction = Redaction({"x": VALUE, "y": "another one of them", "z": "p" * 2000})
    began = time.process_time()
    text = piece * (1_000_000 // len(piece))
    assert redaction.text(text) == text
    assert time.process_time() - began < 10


def test_a_number_that_is_a_secret_is_taken_out() -> None:
    assert Redaction({"x": "12345678"}).json([12345678, 1234567, True, None]) == ["{{secret.x}}", 1234567, True, None]


def test_what_holds_no_secret_stays_as_it_is() -> None:
    values = {"a": [1, 2.5, None, True, "x"], "b": {"c": "{{secret.x}}"}}
    assert Redaction({"x": VALUE}).json(values) == values
