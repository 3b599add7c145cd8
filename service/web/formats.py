"""How moments, spans and sizes are written on a page, in the reader's language and zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask_babel import format_date, format_datetime, format_time, get_timezone, gettext, ngettext
from markupsafe import Markup

#: A task due within this span is shown as due soon.
SOON = timedelta(days=2)

#: In bytes, largest first.
SIZES = ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "kB"))


@dataclass(frozen=True, slots=True)
class Due:
    """How urgent something is, told by colour (`level`), icon and words together."""

    level: str
    icon: str
    words: str


def due(due_at: datetime | None, now: datetime) -> Due | None:
    """One of four levels: overdue, today, soon, later; None when there is no limit."""
    if due_at is None:
        return None
    if due_at <= now:
        return Due("overdue", "alert-triangle", gettext("%(span)s overdue", span=span(_coarse(now - due_at))))
    if _local(due_at).date() == _local(now).date():
        return Due("today", "clock-exclamation", gettext("due today %(time)s", time=format_time(due_at, "HH:mm")))
    if due_at - now <= SOON:
        return Due("soon", "clock-hour-4", gettext("%(span)s left", span=span(due_at - now)))
    return Due("later", "calendar-due", gettext("due %(day)s", day=_day(due_at, now)))


def _coarse(length: timedelta) -> timedelta:
    """In whole days or hours once there are any: how much more it is does not matter any more."""
    if length.days:
        return timedelta(days=length.days)
    hours = length // timedelta(hours=1)
    return timedelta(hours=hours) if hours else length


def span(length: timedelta) -> str:
    """The largest unit, and the next one when it adds something: 2 h 5 min."""
    minutes = max(0, int(length.total_seconds())) // 60
    days, hours = minutes // 1440, minutes // 60 % 24
    if days >= 3 or (days and not hours):
        return ngettext("%(num)d day", "%(num)d days", days)
    if days:
        return gettext("%(days)d d %(hours)d h", days=days, hours=hours)
    if hours:
        rest = minutes % 60
        return gettext("%(hours)d h %(minutes)d min", hours=hours, minutes=rest) if rest else gettext("%(hours)d h", hours=hours)
    return gettext("%(minutes)d min", minutes=minutes) if minutes else gettext("less than a minute")


def moment(at: datetime | str | None, now: datetime | None = None) -> Markup:
    """A <time> as people say it (today 14:05), with the whole moment as its title; nothing for None."""
    if at is None or at == "":
        return Markup("")
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    now = now or datetime.now(UTC)
    words = f"{_day(at, now)} {format_time(at, 'HH:mm')}"
    return Markup('<time datetime="{}" title="{}">{}</time>').format(
        at.isoformat(), format_datetime(at, "yyyy-MM-dd HH:mm:ss"), words
    )


def _day(at: datetime, now: datetime) -> str:
    days = (_local(at).date() - _local(now).date()).days
    if days in (-1, 0, 1):
        return (gettext("today"), gettext("tomorrow"), gettext("yesterday"))[days]
    same_year = _local(at).year == _local(now).year
    return format_date(at, gettext("MMM d") if same_year else "yyyy-MM-dd")


def _local(at: datetime) -> datetime:
    return at.astimezone(get_timezone())


def size(count: int) -> str:
    """Bytes for people: 1.4 MB."""
    for unit, name in SIZES:
        if count >= unit:
            return f"{count / unit:.1f} {name}"
    return f"{count} B"
