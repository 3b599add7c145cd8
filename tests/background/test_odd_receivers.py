"""Jobs whose receivers answer oddly, slowly or not at all: one incident that says why, and nothing is done twice."""

from __future__ import annotations

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from engine import jobs, process_instances
from engine.connectors import Http, http_answers
from engine.connectors.addresses import networks
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from engine.facts.pauses import FURTHEST_OF_JOBS
from engine.jobs import JobFilter
from engine.operating import incidents
from service.background import run_jobs
from service.parts import Parts
from tests.background.conftest import MODEL, Clock

INPUTS = ("url", "method", "headers", "body", "timeout")
STEP = f"""<serviceTask id="step"><extensionElements><liuzhuan:connector name="http" retries="2">
  {"".join(f'<liuzhuan:input name="{name}" value="={name}"/>' for name in INPUTS)}
</liuzhuan:connector></extensionElements></serviceTask>"""


def answer(body: bytes, *headers: str, status: str = "200 OK", kind: str = "application/json") -> bytes:
    lines = (f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode("latin-1") + body


@dataclass
class Receiver:
    """Answers every request with the same bytes, `pause` seconds between two of them, and keeps what it was sent."""

    answer: bytes = b""
    pause: float = 0.0
    calls: list[bytes] = field(default_factory=list)

    def serve(self, listening: socket.socket) -> None:
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._reply, args=(connection,), daemon=True).start()

    def _reply(self, connection: socket.socket) -> None:
        with connection:
            sent = b""
            while not sent.partition(b"\r\n\r\n")[1] or len(sent.partition(b"\r\n\r\n")[2]) < _length(sent):
                sent += connection.recv(65_536)
            self.calls.append(sent)
            try:
                if not self.pause:
                    connection.sendall(self.answer)
                for byte in self.answer if self.pause else b"":
                    connection.sendall(bytes([byte]))
                    time.sleep(self.pause)
            except OSError:
                return


def _length(sent: bytes) -> int:
    """Of the body that a head announces."""
    found = re.search(rb"(?i)\r\ncontent-length: (\d+)", sent)
    return int(found[1]) if found else 0


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def url(receiver: Receiver) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=receiver.serve, args=(listening,), daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        listening.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def worker(parts: Parts) -> Parts:
    """With the connector as it is, which may reach this machine."""
    found = replace(parts, connectors={"http": Http(networks(["127.0.0.0/8"]))})
    with found.begin(SYSTEM) as work:
        deployments.deploy(work, [File("odd.bpmn", MODEL.format(key="odd", step=STEP, more="").encode())], name="tests")
    return found


@dataclass(frozen=True)
class Outcome:
    """What became of an instance when the worker looked again and again for half a day."""

    status: str
    causes: list[str]


@pytest.fixture
def outcome(worker: Parts, clock: Clock, url: str) -> Callable[..., Outcome]:
    def found(**inputs: Any) -> Outcome:
        variables = {"url": url, "method": "POST", "headers": None, "body": {"a": 1}, "timeout": None} | inputs
        with worker.begin(SYSTEM) as work:
            id = process_instances.start(work, "odd", variables).id
        for _ in range(5):
            run_jobs.run_once(worker)
            assert_none_is_parked(worker)
            clock.move(hours=2, seconds=1)
        with worker.begin(SYSTEM) as work:
            causes = [str(each.cause) for each in incidents.list_(work).items]
            return Outcome(process_instances.get(work, id).status, causes)

    return found


def assert_none_is_parked(parts: Parts) -> None:
    with parts.begin(SYSTEM) as work:
        for job in jobs.list_(work, JobFilter(status="open")).items:
            assert job.due_at <= work.now + FURTHEST_OF_JOBS
            assert job.worker is None, "It is left to its lease."


NOT_KEPT = "cannot be kept"
BROKEN = "broke off"

#: What is answered to an effect that has succeeded → what the incident says; None where the answer is kept.
ANSWERS: Mapping[str, tuple[bytes, str | None]] = {
    "nothing odd": (answer(b'{"a": 1}'), None),
    "NUL in JSON": (answer(b'{"a": "\\u0000"}'), NOT_KEPT),
    "NUL in a name": (answer(b'{"\\u0000": 1}'), NOT_KEPT),
    "NUL in text": (answer(b"a\0b", kind="text/plain"), NOT_KEPT),
    "NUL in a header": (answer(b"{}", "X-Odd: a\0b"), NOT_KEPT),
    "a lone surrogate": (answer(b'{"a": ["\\ud800"]}'), NOT_KEPT),
    "more than 64 bits": (answer(b'{"a": 12345678901234567890123}'), NOT_KEPT),
    "5,000 digits": (answer(b'{"a": ' + b"9" * 5_000 + b"}"), None),
    "depth 300": (answer(b"[" * 300 + b"]" * 300), NOT_KEPT),
    "depth 100,000": (answer(b"[" * 100_000 + b"]" * 100_000), "nested too deeply"),
    "NaN": (answer(b'{"a": NaN, "b": -Infinity}'), None),
    "no JSON": (answer(b"{oops"), None),
    "bytes that are no text": (answer(bytes(range(1, 256))), None),
    "5 MB": (answer(b'"' + b"x" * 5_000_000 + b'"'), "more than 1000000 bytes"),
    "nearly 1 MB": (answer(b'"' + b"x" * 999_990 + b'"'), NOT_KEPT),
    "400 kB that are no text": (answer(b"\xff" * 400_000, kind="text/plain"), NOT_KEPT),
    "breaks off": (answer(b"{}")[:-1], BROKEN),
    "breaks off in pieces": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc", BROKEN),
    "odd pieces": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n", BROKEN),
    "refused, in odd words": (answer(b"{}", status="422 no\0\x1b[31m\x85way" + "x" * 5_000), "422 no"),
    "refused, and breaks off": (answer(b"{}", status="422 No")[:-1], "422 No"),
    "a redirect": (answer(b"{}", "Location: http://169.254.169.254/", status="302 Found"), None),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_what_was_answered_is_kept_or_an_incident_and_never_asked_for_twice(
    outcome: Callable[..., Outcome], receiver: Receiver, case: str
) -> None:
    receiver.answer, cause = ANSWERS[case]
    found = outcome()
    assert len(receiver.calls) == 1
    if cause is None:
        assert found == Outcome("ended", [])
    else:
        assert found.status == "running"
        assert len(found.causes) == 1
        assert cause in found.causes[0]
        assert found.causes[0].isprintable()
        assert len(found.causes[0]) < 600


def test_what_only_asks_is_asked_again_when_the_answer_broke_off(outcome: Callable[..., Outcome], receiver: Receiver) -> None:
    receiver.answer = answer(b"{}")[:-1]
    assert len(outcome(method="GET", body=None).causes) == 1
    assert len(receiver.calls) == 3


@pytest.mark.parametrize(
    ("sent", "calls", "cause"),
    [
        (answer(b"x" * 2_000), 1, BROKEN),
        (b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 2_000, 3, "did not answer within 1 s"),
        (b"H" * 2_000, 3, "did not answer within 1 s"),
    ],
    ids=["body", "headers", "first line"],
)
def test_a_call_has_one_limit_of_time_however_slowly_something_comes(
    outcome: Callable[..., Outcome], receiver: Receiver, sent: bytes, calls: int, cause: str
) -> None:
    receiver.answer, receiver.pause = sent, 0.01
    began = time.monotonic()
    found = outcome(timeout=1)
    assert time.monotonic() - began < calls * 1.5 + 5
    assert len(receiver.calls) == calls
    assert len(found.causes) == 1
    assert cause in found.causes[0]


def test_a_call_is_over_before_its_lease_is(worker: Parts, receiver: Receiver, url: str) -> None:
    receiver.answer, receiver.pause = b"H" * 2_000, 0.01
    variables = {"url": url, "method": "POST", "headers": None, "body": None, "timeout": 60}
    short = replace(worker, settings=replace(worker.settings, job_lease_seconds=1))
    with worker.begin(SYSTEM) as work:
        process_instances.start(work, "odd", variables)
    began = time.monotonic()
    assert run_jobs.run_once(short) == 1
    assert time.monotonic() - began < 5
    with worker.begin(SYSTEM) as work:
        (job,) = jobs.list_(work, JobFilter(status="open")).items
        assert "did not answer within 0.8 s" in str(job.error)


PAUSES = {
    "7": 7,
    "31536000000": FURTHEST_OF_JOBS.total_seconds(),
    "999999999999999": FURTHEST_OF_JOBS.total_seconds(),
    "9" * 5_000: FURTHEST_OF_JOBS.total_seconds(),
    "\xb2": None,
    "-5": None,
    "1e9": None,
    "nonsense": None,
    "": None,
    "Wed, 21 Oct 2026 07:29:30 GMT": 90,
    "Wednesday, 21-Oct-26 07:29:30 GMT": 90,
    "Wed Oct 21 07:29:30 2026": 90,
    "Wed, 21 Oct 3026 07:28:00 GMT": FURTHEST_OF_JOBS.total_seconds(),
    "Wed, 21 Oct 2026 07:28:00 GMT": None,
    "Wed, 21 Oct 2020 07:28:00 GMT": None,
    "Wed, 99 Oct 2026 07:28:00 GMT": None,
    "Wed, 21 Oct 99999 07:28:00 GMT": None,
}
#: When the receiver answers, by its own clock.
ANSWERED = "Date: Wed, 21 Oct 2026 07:28:00 GMT"


@pytest.mark.parametrize(("text", "seconds"), PAUSES.items(), ids=[text[:20] or "empty" for text in PAUSES])
def test_a_receiver_that_is_away_says_when_it_is_back_and_not_in_a_thousand_years(
    worker: Parts, receiver: Receiver, url: str, text: str, seconds: float | None
) -> None:
    """By a number of seconds or a date, which is held against its own clock. What is neither, or past, is not heard: the job
    waits as any other."""
    receiver.answer = answer(b"", f"Retry-After: {text}", ANSWERED, status="503 Away")
    variables = {"url": url, "method": "POST", "headers": None, "body": None, "timeout": None}
    with worker.begin(SYSTEM) as work:
        process_instances.start(work, "odd", variables)
    run_jobs.run_once(worker)
    with worker.begin(SYSTEM) as work:
        (job,) = jobs.list_(work, JobFilter(status="open")).items
        waits = job.due_at - work.now
    assert "503 Away" in str(job.error)
    if seconds is None:
        assert waits <= timedelta(seconds=15)
    else:
        assert waits == timedelta(seconds=seconds)


def test_where_the_answer_has_no_date_that_of_the_pause_is_held_against_our_clock() -> None:
    assert http_answers.pause("Wed, 21 Oct 3026 07:28:00 GMT") == FURTHEST_OF_JOBS.total_seconds()
    assert http_answers.pause("Wed, 21 Oct 2020 07:28:00 GMT") is None


#: Inputs that no try makes right → what the incident says.
INPUTS_REFUSED: Mapping[str, tuple[dict[str, Any], str]] = {
    "timeout as words": ({"timeout": "abc"}, "timeout"),
    "timeout below zero": ({"timeout": -1}, "timeout"),
    "no timeout at all": ({"timeout": 0}, "timeout"),
    "timeout that is no number": ({"timeout": "nan"}, "timeout"),
    "timeout that is a truth": ({"timeout": True}, "timeout"),
    "timeout that is a list": ({"timeout": [1]}, "timeout"),
    "headers as text": ({"headers": "X: 1"}, "context of names"),
    "headers as a list": ({"headers": ["X"]}, "context of names"),
    "header that is Chinese": ({"headers": {"X": "中文"}}, "'X' holds characters"),
    "name of a header that is Chinese": ({"headers": {"名": "1"}}, "'名' cannot be the name"),
    "name of a header with a space": ({"headers": {"X Y": "1"}}, "cannot be the name"),
    "empty name of a header": ({"headers": {"": "1"}}, "cannot be the name"),
    "header with a line break": ({"headers": {"X": "a\r\nHost: evil"}}, "line break"),
    "header that is a list": ({"headers": {"X": [1]}}, "not one text"),
    "length by hand": ({"headers": {"content-length": "5"}}, "cannot be the name"),
    "method of one's own": ({"method": "BREW"}, "BREW"),
    "address without a scheme": ({"url": "example.com"}, "not an http"),
    "port that is none": ({"url": "http://example.com:99999/"}, "not an http"),
    "address inside": ({"url": "http://10.0.0.1/"}, "private network"),
}


@pytest.mark.parametrize("case", INPUTS_REFUSED)
def test_what_no_try_makes_right_is_an_incident_at_once(outcome: Callable[..., Outcome], receiver: Receiver, case: str) -> None:
    inputs, cause = INPUTS_REFUSED[case]
    found = outcome(**inputs)
    assert receiver.calls == []
    assert len(found.causes) == 1
    assert cause in found.causes[0]
    assert "unexpectedly" not in found.causes[0]


def test_addresses_in_chinese_are_sent_as_http_spells_them(outcome: Callable[..., Outcome], receiver: Receiver, url: str) -> None:
    receiver.answer = answer(b"{}")
    assert outcome(url=f"{url}线索 一/%41?名=值&b=%20+c#end").status == "ended"
    assert receiver.calls[0].startswith(b"POST /%E7%BA%BF%E7%B4%A2%20%E4%B8%80/%41?%E5%90%8D=%E5%80%BC&b=%20+c HTTP/1.1\r\n")


def test_a_header_of_the_model_stands_in_place_of_the_usual_one(outcome: Callable[..., Outcome], receiver: Receiver) -> None:
    receiver.answer = answer(b"{}")
    assert outcome(headers={"content-type": "text/csv", "accept": "text/plain", "X-Number": 7}).status == "ended"
    sent = receiver.calls[0].lower()
    assert (sent.count(b"content-type:"), sent.count(b"\r\naccept:"), sent.count(b"x-number: 7")) == (1, 1, 1)


def test_many_slow_receivers_hold_a_worker_no_longer_than_one(worker: Parts, receiver: Receiver, url: str) -> None:
    receiver.answer, receiver.pause = b"H" * 2_000, 0.05
    ids: list[UUID] = []
    for _ in range(worker.settings.job_threads):
        variables = {"url": url, "method": "POST", "headers": None, "body": None, "timeout": 1}
        with worker.begin(SYSTEM) as work:
            ids.append(process_instances.start(work, "odd", variables).id)
    began = time.monotonic()
    assert run_jobs.run_once(worker) == len(ids)
    assert time.monotonic() - began < 5
