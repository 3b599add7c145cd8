"""Settings come from the environment, `LIUZHUAN_…`; each has one name, one default and one sentence of help."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from engine.connectors.addresses import networks
from engine.facts.errors import Invalid, Problem
from engine.facts.pauses import FURTHEST_OF_JOBS
from engine.facts.sentences import Sentence

PREFIX = "LIUZHUAN_"

#: Shorter keys can be guessed, and these are known to everybody.
SHORTEST_SECRET_KEY = 32
KNOWN_SECRET_KEYS = frozenset({"changeme", "secret", "secret-key", "dev", "development", "password", "liuzhuan"})

LANGUAGES = ("zh", "en")


class SettingsRefused(Invalid):
    """The service cannot start: {count} of its settings {count:is|are} wrong."""


def _setting(default: Any, help: str) -> Any:
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator can choose. A field `database_url` is read from `LIUZHUAN_DATABASE_URL`."""

    secret_key: str = _setting("", "At least 32 random characters; signs CSRF tokens, encrypts stored secrets. Required.")
    previous_secret_key: str = _setting(
        "", "The secret key before, from its change until `liuzhuan secrets rotate`: what it encrypted can still be read."
    )
    database_url: str = _setting("sqlite:///var/liuzhuan.db", "Where everything is kept: sqlite:///FILE or postgresql://…")
    public_url: str = _setting("http://127.0.0.1:8080", "The address people type; https makes cookies Secure.")
    language: str = _setting("zh", "Language of people who have not chosen one: zh or en.")
    time_zone: str = _setting(
        "Asia/Shanghai",
        "IANA name of the company's zone: moments are shown in it, timers without a zone go by it, and `now()` and `today()` "
        "answer by it.",
    )
    session_idle_minutes: int = _setting(120, "A session ends after this many minutes without a request.")
    session_hours: int = _setting(12, "A session ends this many hours after sign-in, whatever happens.")
    token_days: int = _setting(365, "The longest an API token may be valid, in days.")
    token_memory_seconds: float = _setting(
        1.0,
        "How long a web process trusts an API token without asking the database again, in seconds; 0 asks each time.",
    )
    largest_request: int = _setting(20_000_000, "The largest request body, in bytes.")
    trusted_proxies: int = _setting(0, "How many reverse proxies stand in front and set X-Forwarded-For and -Proto.")
    webhook_rate: int = _setting(600, "How many deliveries one webhook endpoint accepts in a minute.")
    webhook_size: int = _setting(1_000_000, "The largest webhook delivery, in bytes.")
    webhook_days: int = _setting(30, "How many days webhook deliveries are kept for replay and against repeats.")
    job_lease_seconds: int = _setting(300, "How long a worker may hold a job before another one takes it over; at most 7200.")
    job_threads: int = _setting(4, "How many jobs a worker does at the same time.")
    step_seconds: float = _setting(
        2.0, "How long one step of a process, a decision or a form may compute, in seconds of CPU time; then it is an incident."
    )
    event_starts_per_minute: int = _setting(
        600, "How often timers, messages, signals and conditions may start one process within a minute; then it is paused."
    )
    event_start_depth: int = _setting(
        20, "How long a chain of process instances may be that start one another by messages and signals."
    )
    shortest_period_seconds: float = _setting(1.0, "The shortest period after which a timer may repeat, in seconds.")
    connector_networks: tuple[str, ...] = _setting((), "Private networks connectors may reach, such as 10.1.0.0/16 127.0.0.1/32.")
    with_worker: bool = _setting(False, "Whether the web process works off jobs, timers and messages too.")
    tick_seconds: float = _setting(1.0, "How often a worker looks for due jobs, timers and messages, in seconds.")
    listen_url: str = _setting(
        "",
        "Where the worker hears of new work at once: PostgreSQL itself, when LIUZHUAN_DATABASE_URL leads to PgBouncer.",
    )
    tick_late_seconds: int = _setting(60, "A worker's tick older than this makes /readyz fail, in seconds; 0 asks for no worker.")
    smtp_url: str = _setting("", "Mail server for notifications: smtp://USER:PASSWORD@HOST:587 or smtps://…; empty: no e-mail.")
    mail_from: str = _setting("", "The sender of these e-mails, such as liuzhuan@example.com.")
    anchor_key: str = _setting(
        "", "A file with the private key that signs anchors (`liuzhuan anchors key`); empty: anchors are not signed."
    )
    log_level: str = _setting("INFO", "DEBUG, INFO, WARNING or ERROR.")
    is_demo: bool = _setting(False, "Allows a missing secret key; set by `liuzhuan demo` only.")

    @property
    def is_https(self) -> bool:
        return urlsplit(self.public_url).scheme == "https"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str], *, is_serving: bool = True) -> Settings:
        """The settings, or SettingsRefused naming every variable that is wrong; an unknown `LIUZHUAN_…` is wrong too.

        A command that neither serves nor works needs no secret key.
        """
        by_variable = {variable(each): each for each in fields(cls)}
        problems: list[Problem] = []
        values: dict[str, Any] = {}
        for name, text in environment.items():
            if not name.startswith(PREFIX):
                continue
            if name not in by_variable:
                problems.append(
                    Problem(
                        "unknown-setting",
                        Sentence("There is no setting {name}.", name=name),
                        name,
                        fix=Sentence("See docs/settings.md."),
                    )
                )
                continue
            each = by_variable[name]
            try:
                values[each.name] = _READERS[str(each.type)](text)
            except ValueError:
                problems.append(
                    Problem(
                        "wrong-type",
                        Sentence("{name} is not {kind}: '{text}'.", name=name, kind=_KINDS[str(each.type)], text=text),
                        name,
                    )
                )
        settings = cls(**values)
        problems += [
            problem for check in (_addresses, _mail, _choices, _networks, _files, _limits) for problem in check(settings)
        ]
        if is_serving:
            problems += _secret_key(settings)
        if problems:
            raise SettingsRefused(problems=tuple(problems), count=len(problems))
        return settings


def variable(each: Field[Any]) -> str:
    """The name of a setting in the environment."""
    return PREFIX + each.name.upper()


def _yes_or_no(text: str) -> bool:
    if text.lower() not in ("1", "true", "yes", "on", "0", "false", "no", "off"):
        raise ValueError(text)
    return text.lower() in ("1", "true", "yes", "on")


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.replace(",", " ").split())


_READERS: Mapping[str, Callable[[str], Any]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": _yes_or_no,
    "tuple[str, ...]": _words,
}
_KINDS = {
    "str": Sentence("a text"),
    "int": Sentence("a whole number"),
    "float": Sentence("a number"),
    "bool": Sentence("yes or no"),
    "tuple[str, ...]": Sentence("a list"),
}


def _secret_key(settings: Settings) -> list[Problem]:
    key = settings.secret_key
    if settings.is_demo or (len(key) >= SHORTEST_SECRET_KEY and len(set(key)) >= 8 and key.lower() not in KNOWN_SECRET_KEYS):
        return []
    sentence = Sentence("LIUZHUAN_SECRET_KEY is missing.") if not key else Sentence("LIUZHUAN_SECRET_KEY can be guessed.")
    fix = Sentence("Make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(48))'")
    return [Problem("secret-key", sentence, "LIUZHUAN_SECRET_KEY", fix=fix)]


def _addresses(settings: Settings) -> list[Problem]:
    problems = []
    parts = _split(settings.public_url)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        problems.append(Problem("public-url", Sentence("LIUZHUAN_PUBLIC_URL is not an http(s) address."), "LIUZHUAN_PUBLIC_URL"))
    database = _split(settings.database_url)
    kind = database.scheme.partition("+")[0]
    if kind not in ("sqlite", "postgresql", "postgres") or (kind == "sqlite" and database.path in ("", "/", "/:memory:")):
        fix = Sentence("Use sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME.")
        problems.append(
            Problem("database-url", Sentence("LIUZHUAN_DATABASE_URL names no known database."), "LIUZHUAN_DATABASE_URL", fix=fix)
        )
    return problems


def _split(address: str) -> SplitResult:
    """Without any part where it is no address: a port that is no number, a bracket that is not closed."""
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError:
        return urlsplit("")
    return parts


def _mail(settings: Settings) -> list[Problem]:
    problems = []
    server = _split(settings.smtp_url)
    if settings.smtp_url and (server.scheme not in ("smtp", "smtps") or not server.hostname):
        fix = Sentence("Use smtp://USER:PASSWORD@HOST:587 or smtps://USER:PASSWORD@HOST:465.")
        problems.append(Problem("smtp-url", Sentence("LIUZHUAN_SMTP_URL names no mail server."), "LIUZHUAN_SMTP_URL", fix=fix))
    if settings.smtp_url and "@" not in settings.mail_from:
        problems.append(Problem("mail-from", Sentence("LIUZHUAN_MAIL_FROM is no e-mail address."), "LIUZHUAN_MAIL_FROM"))
    return problems


def _choices(settings: Settings) -> list[Problem]:
    problems = []
    if settings.language not in LANGUAGES:
        problems.append(Problem("language", Sentence("LIUZHUAN_LANGUAGE is neither zh nor en."), "LIUZHUAN_LANGUAGE"))
    if settings.log_level not in ("DEBUG", "INFO", "WARNING", "ERROR"):
        problems.append(
            Problem("log-level", Sentence("LIUZHUAN_LOG_LEVEL is not DEBUG, INFO, WARNING or ERROR."), "LIUZHUAN_LOG_LEVEL")
        )
    try:
        ZoneInfo(settings.time_zone)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        problems.append(
            Problem("time-zone", Sentence("There is no time zone '{name}'.", name=settings.time_zone), "LIUZHUAN_TIME_ZONE")
        )
    return problems


def _networks(settings: Settings) -> list[Problem]:
    name = "LIUZHUAN_CONNECTOR_NETWORKS"
    try:
        networks(settings.connector_networks)
    except ValueError as error:
        return [
            Problem(
                "network",
                Sentence("{name} holds no network: {why}.", name=name, why=str(error)),
                name,
                fix=Sentence("Write 10.1.0.0/16."),
            )
        ]
    return []


def _files(settings: Settings) -> list[Problem]:
    if not settings.anchor_key or Path(settings.anchor_key).is_file():
        return []
    sentence = Sentence("LIUZHUAN_ANCHOR_KEY names no file: {path}.", path=settings.anchor_key)
    fix = Sentence("Make one with: liuzhuan anchors key FILE")
    return [Problem("anchor-key", sentence, "LIUZHUAN_ANCHOR_KEY", fix=fix)]


def _limits(settings: Settings) -> list[Problem]:
    """Every number is a limit or a span; only the two that may be 0 to switch something off may be 0."""
    problems = []
    for each in fields(settings):
        value = getattr(settings, each.name)
        smallest = 0 if each.name in ("trusted_proxies", "tick_late_seconds") else 0.01
        if each.type in ("int", "float") and value < smallest:
            problems.append(
                Problem(
                    "too-small",
                    Sentence("{name} is too small: {value}.", name=variable(each), value=value),
                    variable(each),
                )
            )
    if settings.job_lease_seconds > FURTHEST_OF_JOBS.total_seconds():
        name, limit = "LIUZHUAN_JOB_LEASE_SECONDS", int(FURTHEST_OF_JOBS.total_seconds())
        problems.append(Problem("too-large", Sentence("{name} is larger than {limit}.", name=name, limit=limit), name))
    return problems
