"""A notification as an e-mail, and the SMTP server that takes it."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from engine.facts.sentences import Sentence, Spoken
from service.store.mails import Mail
from service.translations.sentences import said

#: How long the server may take for one answer, in seconds.
PATIENCE = 20.0

_PORTS = {"smtp": 25, "smtps": 465}


_LINK = Sentence("The process:")
_FOOTER = Sentence("Sent by Liuzhuan. Please do not reply.")


class MailRefused(Spoken):
    """The server does not take the mail; `is_final` when it would not take it later either."""

    def __init__(self, sentence: Sentence, *, is_final: bool = False) -> None:
        super().__init__(sentence)
        self.is_final = is_final


def compose(mail: Mail, to: str, *, language: str, sender: str, public_url: str) -> EmailMessage:
    """In the language of the person with that address. Its Message-ID is the notification's: sent twice, it is seen once."""
    is_english = language == "en"
    message = EmailMessage()
    message["From"] = sender
    message["To"] = to
    message["Subject"] = " ".join(((is_english and mail.subject_en) or mail.subject).split())
    message["Message-ID"] = f"<{mail.id}@{urlsplit(public_url).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = language
    case = mail.process_instance_id
    link = f"{said(_LINK, language)} {public_url.rstrip('/')}/process-instances/{case}" if case else ""
    parts = ((is_english and mail.text_en) or mail.text, link, f"-- \n{said(_FOOTER, language)}")
    message.set_content("\n\n".join(part for part in parts if part))
    return message


class Postbox:
    """`smtp://user:password@host:587` or `smtps://…:465`. A password is only sent over TLS."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._scheme = parts.scheme
        self._host = parts.hostname or ""
        self._port = parts.port or _PORTS[parts.scheme]
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")

    @contextmanager
    def open(self) -> Iterator[smtplib.SMTP]:
        """One connection for several mails. MailRefused when there is none."""
        try:
            server = self._connected()
        except (OSError, smtplib.SMTPException) as fault:
            raise MailRefused(
                Sentence("The mail server {host} does not answer: {why}", host=self._host, why=str(fault))
            ) from fault
        try:
            yield server
        finally:
            server.close()

    def _connected(self) -> smtplib.SMTP:
        context = ssl.create_default_context()
        if self._scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(self._host, self._port, timeout=PATIENCE, context=context)
        else:
            server = smtplib.SMTP(self._host, self._port, timeout=PATIENCE)
            server.ehlo()
            if server.has_extn("starttls"):
                server.starttls(context=context)
            elif self._user:
                server.close()
                raise MailRefused(Sentence("The mail server {host} offers no TLS, so the password is not sent.", host=self._host))
        if self._user:
            server.login(self._user, self._password)
        return server


def send(server: smtplib.SMTP, message: EmailMessage) -> None:
    """MailRefused when this message is not taken."""
    try:
        server.send_message(message)
    except smtplib.SMTPResponseException as fault:
        sentence = Sentence("The mail server says {code}: {why}", code=fault.smtp_code, why=repr(fault.smtp_error))
        raise MailRefused(sentence, is_final=fault.smtp_code >= 500) from fault
    except smtplib.SMTPRecipientsRefused as fault:
        codes = {code for code, _ in fault.recipients.values()}
        raise MailRefused(
            Sentence("The mail server refuses the address: {why}", why=str(fault)), is_final=min(codes) >= 500
        ) from fault
    except (OSError, smtplib.SMTPException) as fault:
        raise MailRefused(Sentence("The mail server broke off: {why}", why=str(fault))) from fault
