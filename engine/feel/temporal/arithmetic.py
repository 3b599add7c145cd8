"""Moments plus and minus durations, and the time between moments (DMN 1.5, tables 57 and 58)."""

from engine.feel.temporal import calendar
from engine.feel.temporal.durations import DAY, SECOND, DayTimeDuration, Duration, YearMonthDuration, day_time_duration
from engine.feel.temporal.reading import make_date
from engine.feel.temporal.values import Date, DateTime, Time

Moment = Date | Time | DateTime


def shifted(moment: Moment, duration: Duration) -> Moment | None:
    """The moment so much later: months keep the day where the month has it; a time of day goes round midnight."""
    if isinstance(duration, YearMonthDuration):
        return _months_later(moment, duration.months)
    if isinstance(moment, DateTime):
        return moment.plus_nanoseconds(duration.nanoseconds)
    if isinstance(moment, Date):
        return Date.of_days(moment.days + duration.nanoseconds // DAY)
    total = (moment.seconds * SECOND + moment.nanosecond + duration.nanoseconds) % DAY
    return Time(total // SECOND, total % SECOND, moment.zone)


def _months_later(moment: Moment, months: int) -> Moment | None:
    if isinstance(moment, Time):
        return None
    date = moment if isinstance(moment, Date) else moment.date
    later = make_date(*calendar.plus_months(date.year, date.month, date.day, months))
    if later is None or isinstance(moment, Date):
        return later
    return DateTime(later, moment.time)


def difference(later: Moment, earlier: Moment) -> DayTimeDuration | None:
    """The time between; a date beside a date and time is its midnight in UTC. None between local and zoned moments."""
    if isinstance(later, Time) or isinstance(earlier, Time):
        if isinstance(later, Time) and isinstance(earlier, Time):
            return _between_times(later, earlier)
        return None
    if isinstance(later, Date) and isinstance(earlier, Date):
        return day_time_duration((later.days - earlier.days) * DAY)
    return _between(_moment(later), _moment(earlier))


def _moment(value: Date | DateTime) -> DateTime:
    return DateTime.at_midnight(value, 0) if isinstance(value, Date) else value


def _between(later: DateTime, earlier: DateTime) -> DayTimeDuration | None:
    if (later.time.zone is None) != (earlier.time.zone is None):
        return None
    seconds = later.epoch_seconds() - earlier.epoch_seconds()
    return day_time_duration(seconds * SECOND + later.time.nanosecond - earlier.time.nanosecond)


def _between_times(later: Time, earlier: Time) -> DayTimeDuration | None:
    if (later.zone is None) != (earlier.zone is None):
        return None
    seconds = later.seconds - (later.offset or 0) - earlier.seconds + (earlier.offset or 0)
    return day_time_duration(seconds * SECOND + later.nanosecond - earlier.nanosecond)


def months_between(start: Date | DateTime, end: Date | DateTime) -> int:
    """Whole calendar months from the day of start to the day of end, negative backwards."""
    first = start.date if isinstance(start, DateTime) else start
    second = end.date if isinstance(end, DateTime) else end
    if second.days < first.days:
        return -_whole_months(second, first)
    return _whole_months(first, second)


def _whole_months(first: Date, second: Date) -> int:
    months = (second.year - first.year) * 12 + second.month - first.month
    return months if second.day >= first.day else months - 1
