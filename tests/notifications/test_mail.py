"""Notifications by e-mail, through a real mail server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from engine.connectors import Job
from engine.facts.actor import SYSTEM
from engine.facts.causes import MOST_ATTEMPTS
from service.app import assemble
from service.background import send_mails
from service.commands.serving import free_port
from service.identity.company import company
from service.identity.company_file import read
from service.identity.importing import import_company
from service.notifications.mail import compose
from service.parts import Parts
from service.settings import Settings, SettingsRefused
from service.store import mails, notifications

JOB = Job("01900000-0000-7000-8000-000000000001", "01900000-0000-7000-8000-000000000002", "remind")
COMPANY = """
departments: [{id: sales, name: 销售部}]
roles: [{id: clerk, name: 业务员}]
people:
  - {id: alice, name: 爱丽丝, email: alice@example.com, language: en, department: sales, roles: [clerk]}
  - {id: bob, name: 鲍勃, email: bob@example.com, department: sales, roles: [clerk]}
  - {id: carol, name: 卡罗尔, department: sales, roles: [clerk]}
"""
INPUTS = {
    "to": "role:clerk",
    "subject": "请尽快\r\n处理",
    "text": "已等待两天。",
    "subjectEn": "Please act",
    "textEn": "Two days.",
}


@dataclass
class Server:
    """Keeps what it takes; `refusals` are its answers to recipients, by address."""

    taken: list[EmailMessage] = field(default_factory=list)
    refusals: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - aiosmtpd's name
        if address not in self.refusals:
            envelope.rcpt_tos.append(address)
        return self.refusals.get(address, "250 OK")

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        self.taken.append(message_from_bytes(envelope.content, policy=default))
        return "250 OK"

    def by_address(self) -> dict[str, EmailMessage]:
        return {str(message["To"]): message for message in self.taken}


@dataclass
class Clock:
    now: datetime = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def controller(server: Server) -> Iterator[Controller]:
    controller = Controller(server, hostname="127.0.0.1", port=free_port("127.0.0.1", 0))
    controller.start()
    yield controller
    controller.stop()


@pytest.fixture
def parts(database_url: str, tmp_path: Path, clock: Clock, controller: Controller) -> Iterator[Parts]:
    settings = Settings(
        is_demo=True,
        database_url=database_url,
        public_url="https://flow.example.com",
        smtp_url=f"smtp://127.0.0.1:{controller.port}",
        mail_from="flow@example.com",
    )
    parts = assemble(settings, clock=clock)
    file = tmp_path / "company.yaml"
    file.write_text(COMPANY)
    with parts.begin(SYSTEM) as work:
        import_company(work, company(read(file).rows, parts.organisation))
    yield parts
    parts.close()


def given_up(parts: Parts) -> int:
    with parts.begin(SYSTEM) as work:
        return mails.count_given_up(work)


def test_everybody_with_an_address_gets_it_in_their_language(parts: Parts, server: Server) -> None:
    parts.connectors["notify"].call(INPUTS, JOB)
    assert send_mails.run_once(parts) == 3
    assert send_mails.run_once(parts) == 0
    found = server.by_address()
    assert set(found) == {"alice@example.com", "bob@example.com"}
    english, chinese = found["alice@example.com"], found["bob@example.com"]
    assert (english["Subject"], chinese["Subject"]) == ("Please act", "请尽快 处理")
    assert "Two days." in english.get_content()
    assert "已等待两天。" in chinese.get_content()
    assert f"https://flow.example.com/process-instances/{JOB.process_instance_id}" in english.get_content()
    assert english["From"] == "flow@example.com"
    assert english["Message-ID"] != chinese["Message-ID"]


def test_a_job_tried_twice_sends_once(parts: Parts, server: Server) -> None:
    for _ in range(2):
        parts.connectors["notify"].call(INPUTS, JOB)
        send_mails.run_once(parts)
    assert len(server.taken) == 2


def test_an_address_refused_for_now_is_tried_again_and_the_others_do_not_wait(parts: Parts, server: Server, clock: Clock) -> None:
    server.refusals["alice@example.com"] = "451 later"
    parts.connectors["notify"].call(INPUTS, JOB)
    send_mails.run_once(parts)
    assert set(server.by_address()) == {"bob@example.com"}
    assert send_mails.run_once(parts) == 0
    server.refusals.clear()
    clock.now += timedelta(minutes=1)
    assert send_mails.run_once(parts) == 1
    assert set(server.by_address()) == {"alice@example.com", "bob@example.com"}


def test_an_address_that_does_not_exist_is_given_up_until_somebody_retries(parts: Parts, server: Server) -> None:
    server.refusals["alice@example.com"] = "550 no such user"
    parts.connectors["notify"].call(INPUTS, JOB)
    send_mails.run_once(parts)
    assert given_up(parts) == 1
    server.refusals.clear()
    with parts.begin(SYSTEM) as work:
        assert mails.retry_given_up(work) == 1
    assert send_mails.run_once(parts) == 1
    assert given_up(parts) == 0
    assert set(server.by_address()) == {"alice@example.com", "bob@example.com"}


def test_a_mail_that_cannot_be_written_is_given_up_and_the_others_do_not_wait(
    parts: Parts, server: Server, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = compose

    def composed(mail: mails.Mail, to: str, **more: Any) -> EmailMessage:
        if to == "alice@example.com":
            raise ZeroDivisionError
        return written(mail, to, **more)

    monkeypatch.setattr(send_mails, "compose", composed)
    parts.connectors["notify"].call(INPUTS, JOB)
    tries = 0
    while not given_up(parts):
        tries += send_mails.run_once(parts) > 0
        assert set(server.by_address()) == {"bob@example.com"}
        clock.now += timedelta(minutes=20)
    assert tries == MOST_ATTEMPTS


def test_while_the_server_is_away_nothing_is_lost(parts: Parts, server: Server, controller: Controller, clock: Clock) -> None:
    away = replace(parts, settings=replace(parts.settings, smtp_url="smtp://127.0.0.1:9"))
    parts.connectors["notify"].call(INPUTS, JOB)
    tries = 0
    while not given_up(parts):
        tries += send_mails.run_once(away) == 3
        clock.now += timedelta(minutes=20)
    assert tries == MOST_ATTEMPTS
    assert given_up(parts) == 3
    with parts.begin(SYSTEM) as work:
        mails.retry_given_up(work)
        assert notifications.count_unread(work, "alice") == 1
    send_mails.run_once(parts)
    assert len(server.taken) == 2


def test_a_password_is_not_sent_without_tls(parts: Parts, server: Server) -> None:
    port = parts.settings.smtp_url.rpartition(":")[2]
    with_password = replace(parts, settings=replace(parts.settings, smtp_url=f"smtp://flow:secret@127.0.0.1:{port}"))
    parts.connectors["notify"].call(INPUTS, JOB)
    send_mails.run_once(with_password)
    assert server.taken == []


def test_without_a_mail_server_nothing_waits_for_one(database_url: str, parts: Parts) -> None:
    without = assemble(Settings(is_demo=True, database_url=database_url))
    without.connectors["notify"].call(INPUTS, JOB)
    assert send_mails.run_once(parts) == 0
    without.close()


@pytest.mark.parametrize("url", ["http://mail", "smtp://", "mail.example.com"])
def test_a_wrong_mail_server_is_refused_at_the_start(url: str) -> None:
    with pytest.raises(SettingsRefused) as refused:
        Settings.from_environment({"LIUZHUAN_SMTP_URL": url, "LIUZHUAN_IS_DEMO": "1"})
    assert {problem.where for problem in refused.value.problems} == {"LIUZHUAN_SMTP_URL", "LIUZHUAN_MAIL_FROM"}
