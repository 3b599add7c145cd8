"""Sends notifications by e-mail to people who have an address, in their language. Without a mail server nothing is to be done."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from email.message import EmailMessage

from engine.facts.actor import SYSTEM
from engine.facts.causes import MOST_ATTEMPTS, cause_of
from engine.facts.errors import Unavailable
from engine.facts.pauses import pause
from engine.facts.sentences import Sentence
from service.identity.organisation import Member
from service.notifications.mail import MailRefused, MailServerAway, Postbox, compose
from service.parts import Parts
from service.store import mails
from service.store.mails import Mail

BATCH = 20
#: Longer than a batch may take, mail by mail; after a crash others send what is left.
LEASE = timedelta(minutes=15)
log = logging.getLogger(__name__)


def run_once(parts: Parts) -> int:
    """The number of mails taken. One that cannot be sent now comes back later; the others do not wait for it."""
    if not parts.settings.smtp_url:
        return 0
    with parts.begin(SYSTEM) as work:
        due = mails.take_due(work, limit=BATCH, lease=LEASE)
    if due:
        _send_all(parts, due)
    return len(due)


def _send_all(parts: Parts, due: Sequence[Mail]) -> None:
    with closing(Postbox(parts.settings.smtp_url)) as postbox:
        for number, mail in enumerate(due):
            try:
                _send(parts, postbox, mail)
            except MailServerAway as refusal:
                for left in due[number:]:
                    _put_off(parts, left, refusal.sentence, is_final=False)
                return


def _send(parts: Parts, postbox: Postbox, mail: Mail) -> None:
    """Raises MailServerAway."""
    to = parts.organisation.members.get(mail.person_id)
    if to is not None and to.person.is_active and to.email:
        try:
            postbox.send(_composed(parts, mail, to))
        except (MailServerAway, Unavailable):
            raise
        except MailRefused as refusal:
            _put_off(parts, mail, refusal.sentence, is_final=refusal.is_final)
            return
        except Exception as fault:
            log.exception("a mail could not be sent and is tried again later", extra={"mail": str(mail.id)})
            _put_off(parts, mail, cause_of(fault), is_final=False)
            return
    with parts.begin(SYSTEM) as work:
        mails.over(work, mail.id)


def _composed(parts: Parts, mail: Mail, to: Member) -> EmailMessage:
    settings = parts.settings
    language = to.language or settings.language
    return compose(mail, to.email, language=language, sender=settings.mail_from, public_url=settings.public_url)


def _put_off(parts: Parts, mail: Mail, why: Sentence, *, is_final: bool) -> None:
    with parts.begin(SYSTEM) as work:
        if is_final or mail.attempts >= MOST_ATTEMPTS:
            mails.give_up(work, mail.id, why)
        else:
            mails.later(work, mail.id, work.now + pause(mail.attempts))
