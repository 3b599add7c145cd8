"""References to secrets and credentials in a model: what is told of them, with the line, and never with the value."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import pytest

from engine.bpmn import read
from engine.connectors import Http
from engine.facts.errors import Problem
from engine.facts.secret_references import SecretReference
from tests.bpmn.writing import NAMESPACES

REFERENCE = "{{secret.crm-token}}"
#: Line in which the first input stands.
LINE = 5


class Knowing:
    """Surroundings that know one secret."""

    def knows_form(self, key: str) -> bool:
        return True

    def knows_secret(self, name: str) -> bool:
        return name == "crm-token"

    def names(self, kind: str) -> Sequence[str]:
        return ["crm-token"]

    knows_decision = knows_process = knows_role = knows_department = knows_person = knows_form


def model(inputs: dict[str, str], *, connector: str = 'liuzhuan:connector="http"', more: str = "", inner: str = "") -> bytes:
    """A service task with these inputs, each on a line of its own, behind the address."""
    handed = "\n".join(f"<liuzhuan:input name={quoteattr(name)} value={quoteattr(value)}/>" for name, value in inputs.items())
    return (
        f'<definitions {NAMESPACES} id="d" targetNamespace="urn:test"><process id="p" isExecutable="true">\n'
        f'<startEvent id="s"/><endEvent id="e"/>{more}<sequenceFlow id="a" sourceRef="s" targetRef="t"/>\n'
        f'<sequenceFlow id="b" sourceRef="t" targetRef="e"/>\n<serviceTask id="t" {connector}><extensionElements>{inner}\n'
        f"{handed}\n</extensionElements></serviceTask></process></definitions>"
    ).encode()


def problems(xml: bytes) -> list[Problem]:
    return [
        each for each in read(xml, checks=Knowing(), connectors={"http": Http()}).problems if each.rule != "service-task-code"
    ]


def told(xml: bytes) -> list[tuple[str, int, bool]]:
    return [(problem.rule, problem.line, problem.is_warning) for problem in problems(xml)]


# ---------------------------------------------------------------------- references
@pytest.mark.parametrize(
    ("inputs", "found"),
    [
        ({"url": f"https://x.example?key={REFERENCE}"}, [("url",)]),
        ({"headers": f'={{Authorization: "Bearer {REFERENCE}"}}'}, [("headers", "Authorization")]),
        ({"headers": f'={{"X-Api-Key": ("{REFERENCE}")}}'}, [("headers", "X-Api-Key")]),
        ({"body": f'={{a: [1, {{b: "{REFERENCE}"}}], c: x + 1}}'}, [("body", "a", 1, "b")]),
        ({"body": f'="{REFERENCE} and {REFERENCE}"'}, [("body",)]),
        ({"query": f'={{key: "{REFERENCE}"}}', "body": REFERENCE}, [("body",), ("query", "key")]),
        ({"body": "={a: b}"}, []),
    ],
)
def test_a_reference_is_known_by_its_place(inputs: dict[str, str], found: list[tuple[str | int, ...]]) -> None:
    reading = read(model({"url": "https://x.example"} | inputs), checks=Knowing(), connectors={"http": Http()})
    assert reading.problems == ()
    assert reading.model is not None
    secrets = reading.model.processes["p"].elements["t"].secrets
    assert sorted(secret.path for secret in secrets) == found
    assert all(isinstance(secret, SecretReference) and secret.names == ["crm-token"] for secret in secrets)


def test_what_was_deployed_once_keeps_its_references() -> None:
    reading = read(model({"url": "https://x.example", "body": REFERENCE}), is_deployed=True)
    assert reading.model is not None and len(reading.model.processes["p"].elements["t"].secrets) == 1


@pytest.mark.parametrize(
    ("inner", "found"),
    [
        (f'<camunda:inputParameter name="body">{REFERENCE}</camunda:inputParameter>', ("body",)),
        (
            '<camunda:inputParameter name="headers"><camunda:map><camunda:entry key="Authorization">'
            f"{REFERENCE}</camunda:entry></camunda:map></camunda:inputParameter>",
            ("headers", "Authorization"),
        ),
    ],
)
def test_inputs_as_templates_of_editors_write_them_are_read(inner: str, found: tuple[str, ...]) -> None:
    xml = model({"url": "https://x.example"}, inner=f"<camunda:inputOutput>{inner}</camunda:inputOutput>")
    reading = read(xml, checks=Knowing(), connectors={"http": Http()})
    assert reading.problems == () and reading.model is not None
    assert [secret.path for secret in reading.model.processes["p"].elements["t"].secrets] == [found]


@pytest.mark.parametrize("name", ["crm-tokens", "CRM", "ü", "x" * 64])
def test_a_secret_that_is_not_there_is_warned_of(name: str) -> None:
    assert told(model({"url": f"https://x.example?key={{{{secret.{name}}}}}"})) == [("unknown-secret", LINE, True)]


@pytest.mark.parametrize(
    "value", [f'="Bearer " + "{REFERENCE}"', f'=if x then "{REFERENCE}" else null', f'={{a: upper case("{REFERENCE}")}}']
)
def test_a_reference_in_a_text_that_is_computed_is_refused(value: str) -> None:
    assert told(model({"body": value, "url": "https://x.example"})) == [("secret-computed", LINE, False)]


@pytest.mark.parametrize("input", ["method", "timeout"])
def test_an_input_that_others_see_takes_none(input: str) -> None:
    rules = [rule for rule, line, is_warning in told(model({input: f'="{REFERENCE}"', "url": "https://x.example"}))]
    assert rules == ["secret-not-taken"]


@pytest.mark.parametrize(
    "url",
    [
        REFERENCE,
        f'="{REFERENCE}"',
        f"http://{REFERENCE}/",
        f"HTTPS://{REFERENCE}.example.com?x=1",
        f"https://x.example:{REFERENCE}/",
        f"https://u:{REFERENCE}@x.example/",
    ],
)
def test_a_secret_in_the_host_of_an_address_is_refused(url: str) -> None:
    assert ("secret-in-host", LINE, False) in told(model({"url": url}))


@pytest.mark.parametrize(
    "url", [f"https://x.example/{REFERENCE}", f"https://x.example?k={REFERENCE}", f'="http://x.e#{REFERENCE}"']
)
def test_a_secret_behind_the_host_is_taken(url: str) -> None:
    assert "secret-in-host" not in [rule for rule, *_ in told(model({"url": url}))]


@pytest.mark.parametrize(
    "xml",
    [
        model({"url": REFERENCE}, connector='liuzhuan:topic="elsewhere"'),
        model({"url": "https://x.example"}, more=f'<userTask id="u" name="{REFERENCE}"/>'),
        model(
            {"url": "https://x.example"},
            more=f'<scriptTask id="u" scriptFormat="feel"><script>"{REFERENCE}"</script></scriptTask>',
        ),
        model({"url": "https://x.example"}, inner=f'<liuzhuan:output name="x" value="{REFERENCE}"/>'),
    ],
    ids=["topic", "name", "script", "output"],
)
def test_elsewhere_it_is_warned_of(xml: bytes) -> None:
    assert "secret-unread" in {rule for rule, line, is_warning in told(xml) if is_warning}


# ---------------------------------------------------------------------- credentials
#: Made up, in the shape of real ones.
CREDENTIALS = {
    "header": ("headers", '={Authorization: "Basic bGkubmE6MTIzNDU2"}'),
    "header in capitals": ("headers", '={"AUTHORIZATION": "x"}'),
    "cookie": ("headers", '={Cookie: "session=abcdef"}'),
    "key": ("headers", '={"X-Api-Key": "abcdef"}'),
    "password in a body": ("body", '={user: "li.na", password: "Sommer"}'),
    "deep in a body": ("body", '={a: [{client_secret: "Sommer"}]}'),
    "computed": ("headers", '={Authorization: "Bearer " + "abc" + x}'),
    "query": ("url", "https://qyapi.example.com/cgi-bin/webhook/send?key=693a91f6"),
    "query of a text": ("url", '="https://x.example?a=1&access_token=0123456789abc"'),
    "address": ("url", "https://li.na:sommer@x.example/"),
    "github": ("body", "ghp_" + "a1B2" * 9),
    "slack": ("body", "xoxb-1234567890-abcdef"),
    "stripe": ("body", "sk_live_" + "a1" * 12),
    "amazon": ("body", "AKIA" + "ABCD1234" * 2),
    "web token": ("body", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9"),
    "long word": ("body", "Zm9vYmFyMTIzNDU2Nzg5MGFiY2RlZmdoaWprbG1u"),
    "private key": ("body", "-----BEGIN RSA PRIVATE KEY----- MIIE"),
}


@pytest.mark.parametrize("what", CREDENTIALS)
def test_what_looks_like_a_credential_is_warned_of_with_its_line(what: str) -> None:
    name, value = CREDENTIALS[what]
    found = problems(model({name: value} | ({} if name == "url" else {"url": "https://x.example"})))
    assert [(problem.rule, problem.line, problem.is_warning) for problem in found] == [("credential", LINE, True)]
    assert "{{secret.NAME}}" in str(found[0].fix)
    assert all(part not in str(found[0].sentence) for part in ("Sommer", "sommer", "693a91f6", "abcdef", "0123456789abc", value))


@pytest.mark.parametrize("what", ["address", "github", "web token", "private key"])
@pytest.mark.parametrize(
    "more",
    [
        "<userTask id='u'><documentation>{}</documentation></userTask>",
        "<scriptTask id='u' scriptFormat='javascript'><script>call('{}')</script></scriptTask>",
        "<userTask id='u' name='{}'/>",
        "<task id='u'><extensionElements><camunda:field name='x' stringValue='{}'/></extensionElements></task>",
    ],
    ids=["documentation", "script", "name", "field"],
)
def test_what_cannot_be_anything_else_is_warned_of_everywhere(what: str, more: str) -> None:
    xml = model({"url": "https://x.example"}, more=more.format(escape(CREDENTIALS[what][1])))
    assert "credential" in {rule for rule, line, is_warning in told(xml) if is_warning}


def test_jobs_of_workers_elsewhere_are_looked_at_too() -> None:
    xml = model({"password": "Sommer"}, connector='camunda:class="com.example.Mail"')
    assert [rule for rule, line, is_warning in told(xml)] == ["credential"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("headers", f'={{Authorization: "Bearer {REFERENCE}"}}'),
        ("headers", '={Accept: "application/json", "X-Request-Id": "6f1c2f9e-3a55-4c39-9d0e-6a8f6a0d8c11"}'),
        ("headers", "={Authorization: token}"),
        ("body", '={password: null, token: ""}'),
        ("body", '={number: "HT-2026-000123", text: "a long text, in many words, about 4711 things and more"}'),
        ("body", "business/contract-draft-of-the-year-2026-and-more"),
        ("url", "https://x.example/a/very/long/path/2026/with-many-words/and-4711?page=2&monkey=abcdefghij"),
        ("url", '="https://x.example/" + id + "?keyword=abcdefghijkl"'),
    ],
)
def test_what_is_none_is_not(name: str, value: str) -> None:
    assert told(model({name: value} | ({} if name == "url" else {"url": "https://x.example"}))) == []
