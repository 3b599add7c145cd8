"""Dates, times and durations of FEEL: years from -999,999,999 to 999,999,999, nanoseconds, offsets and IANA zones."""
