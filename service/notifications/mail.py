"""A notification as an e-mail, and what the SMTP server says to it."""

from __future__ import annotations

import smtplib
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from engine.connectors import ConnectorFailed
from engine.connectors.deadline import Deadline
from engine.facts.sentences import Sentence, Spoken
from service.notifications.mail_server import MailServer, PasswordNotSent
from service.store.mails import Mail
from service.translations.sentences import said

#: Seconds for one mail as a whole, however slowly it goes: finding the server, connecting, TLS, sending, every answer.
PATIENCE = 30.0

_LINK = Sentence("The process:")
_FOOTER = Sentence("Sent by Liuzhuan. Please do not reply.")


class MailRefused(Spoken):
    """The server does not take the mail; `is_final` when it would not take it later either."""

    def __init__(self, sentence: Sentence, *, is_final: bool = False) -> None:
        super().__init__(sentence)
        self.is_final = is_final


class MailServerAway(MailRefused):
    """There is no connection to it: it takes no other mail now either."""


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
    """`smtp://user:password@host:587` or `smtps://…:465`. One connection for several mails, made when a mail needs it."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._is_tls = parts.scheme == "smtps"
        self._host = parts.hostname or ""
        self._port = parts.port or (465 if self._is_tls else 25)
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._deadline = Deadline(PATIENCE)
        self._server: MailServer | None = None

    def send(self, message: EmailMessage) -> None:
        """MailRefused when this one is not taken, MailServerAway when none is."""
        self._deadline.begin_anew()
        server = self._connected()
        try:
            server.send_message(message)
        except (smtplib.SMTPResponseException, smtplib.SMTPRecipientsRefused) as fault:
            raise _refused(fault) from fault
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            late = self._late() if self._deadline.is_over else None
            raise MailRefused(late or Sentence("The mail server broke off: {why}", why=str(fault))) from fault
        except BaseException:
            self.close()  # nobody knows where in the exchange it was
            raise

    def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    def _connected(self) -> MailServer:
        if self._server is not None and self._server.sock is not None:
            return self._server
        try:
            self._server = MailServer(self._host, self._port, self._deadline, is_tls=self._is_tls)
            self._server.introduce(self._user, self._password)
        except (ConnectorFailed, PasswordNotSent) as refusal:
            self.close()
            raise MailServerAway(refusal.sentence) from refusal
        except (OSError, smtplib.SMTPException) as fault:
            self.close()
            away = Sentence("The mail server {host} does not answer: {why}", host=self._host, why=str(fault))
            raise MailServerAway(self._late() if self._deadline.is_over else away) from fault
        return self._server

    def _late(self) -> Sentence:
        return Sentence(
            "The mail server {host} was not done within {seconds} s.", host=self._host, seconds=f"{self._deadline.seconds:g}"
        )


def _refused(fault: smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused) -> MailRefused:
    if isinstance(fault, smtplib.SMTPResponseException):
        sentence = Sentence("The mail server says {code}: {why}", code=fault.smtp_code, why=repr(fault.smtp_error))
        return MailRefused(sentence, is_final=fault.smtp_code >= 500)
    codes = {code for code, _ in fault.recipients.values()}
    return MailRefused(Sentence("The mail server refuses the address: {why}", why=str(fault)), is_final=min(codes) >= 500)
