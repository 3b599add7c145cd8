"""The proleptic Gregorian calendar for any year, in whole numbers. Day 0 is 1970-01-01."""

MAX_YEAR = 999_999_999

_DAYS_BEFORE_MONTH = (0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_DAYS_IN_MONTH = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def is_leap(year: int) -> bool:
    """Whether the year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    return 29 if month == 2 and is_leap(year) else _DAYS_IN_MONTH[month]


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day and FEEL this year."""
    return -MAX_YEAR <= year <= MAX_YEAR and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def day_of_year(year: int, month: int, day: int) -> int:
    """1 to 366."""
    return _DAYS_BEFORE_MONTH[month] + day + (1 if month > 2 and is_leap(year) else 0)


def days_of(year: int, month: int, day: int) -> int:
    """The number of the day, counted from 1970-01-01."""
    before = year - 1
    return before * 365 + before // 4 - before // 100 + before // 400 + day_of_year(year, month, day) - 719_163


def date_of(days: int) -> tuple[int, int, int]:
    """Year, month and day of a day's number: the inverse of days_of."""
    shifted = days + 719_468
    era, day_of_era = divmod(shifted, 146_097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36_524 - day_of_era // 146_096) // 365
    since_march = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * since_march + 2) // 153
    day = since_march - (153 * shifted_month + 2) // 5 + 1
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    return year_of_era + era * 400 + (1 if month <= 2 else 0), month, day


def weekday(days: int) -> int:
    """1 for Monday to 7 for Sunday."""
    return (days + 3) % 7 + 1


def week_of_year(year: int, month: int, day: int) -> int:
    """The week of ISO 8601: the first has the year's first Thursday."""
    days = days_of(year, month, day)
    thursday = days - weekday(days) + 4
    its_year = date_of(thursday)[0]
    return (thursday - days_of(its_year, 1, 1)) // 7 + 1


def plus_months(year: int, month: int, day: int, months: int) -> tuple[int, int, int]:
    """The same day so many months later; the last day of a shorter month."""
    year, zero_based = divmod(year * 12 + month - 1 + months, 12)
    return year, zero_based + 1, min(day, days_in_month(year, zero_based + 1))
