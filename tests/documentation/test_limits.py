"""The limits of docs/operations.md that the code keeps as constants are those of the code."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from engine.calendars.calendar import MOST as MOST_WORKING_DAYS
from engine.connectors.http_answers import ANSWER_LIMIT
from engine.connectors.http_inputs import LONGEST_WAIT
from engine.facts.causes import MOST_ATTEMPTS
from engine.facts.pauses import FURTHEST_OF_JOBS
from engine.facts.widths import LARGEST, LEAST, NAME
from service.background.run_jobs import CALL
from service.identity import sign_in
from service.notifications.mail import PATIENCE
from service.notifications.mail_server import MOST_SAID
from service.notifications.notify import PEOPLE_LIMIT
from service.secrets import keeping

TEXT = (Path(__file__).parents[2] / "docs" / "operations.md").read_text(encoding="utf-8")
LIMITS = dict(re.findall(r"^\| ([^|]+) \| (.+) \|$", TEXT.partition("## Limits\n")[2].partition("\n## ")[0], re.MULTILINE))
HOURS = f"{FURTHEST_OF_JOBS.total_seconds() / 3600:g} hours"
FIFTHS = {0.8: "four fifths"}

#: Row of the table → what it says, from the constants.
SAID = {
    "a call of the connector `http`": [
        f"{LONGEST_WAIT} s as a whole",
        f"{FIFTHS[CALL]} of the lease",
        f"an answer of {ANSWER_LIMIT // 1_000_000} MB",
    ],
    "an e-mail": [
        f"{PATIENCE:g} s as a whole",
        f"all answers, of {MOST_SAID // 1_000_000} MB over one connection",
        f"{MOST_ATTEMPTS} times in all",
    ],
    "the pause before a job is tried again": [HOURS],
    "a lease of a job, a pause that a receiver asks for (`Retry-After`)": [HOURS],
    "wrong passwords that are free in a day": [
        f"{sign_in.FREE_PER_ACCOUNT_AND_NETWORK} for an account from one network",
        f"{sign_in.FREE_PER_ACCOUNT} for an account from all networks",
        f"for {sign_in.NETWORKS_REMEMBERED.days} days",
        f"{sign_in.FREE_PER_NETWORK} for a network",
        f"up to {sign_in.LONGEST_WAIT.total_seconds() / 60:g} minutes",
        f"the first {sign_in.network_of('2001:db8::1').partition('/')[2]} bits",
    ],
    "working days or hours added at once": [f"{MOST_WORKING_DAYS:,}"],
    "people told by one `notify`": [f"{PEOPLE_LIMIT:,}"],
    "a secret": [f"{keeping.SHORTEST} to {keeping.LONGEST:,} characters", f"{keeping.MOST_HOSTS} hosts"],
    "a priority": [f"{LEAST:,} to {LARGEST:,}".replace("-", "−")],
    "a name of a model (process, element, form, message, signal, topic, area, outcome), a business key": [f"{NAME} characters"],
}


@pytest.mark.parametrize("row", SAID)
def test_a_limit_is_that_of_the_code(row: str) -> None:
    for words in SAID[row]:
        assert re.search(rf"(?<![\w,]){re.escape(words)}", LIMITS[row]), words


def test_failures_are_free_for_a_day_as_the_row_says() -> None:
    assert sign_in.REMEMBERED.days == 1


def test_slow_mail_servers_are_told_of_with_the_limit() -> None:
    assert f"holds up one mail\nfor {PATIENCE:g} s" in TEXT
