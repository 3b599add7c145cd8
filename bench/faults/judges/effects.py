"""What reaches the world outside: each call, each mail and each message has one effect.

A call or a mail may come again where something was broken while it was on its way, and not before the lease or the pause after a
failure is over: at least once, with the same key. Everything else that comes twice is wrong, and so is what never comes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sqlalchemy import text

from bench.faults.judges.evidence import Evidence
from bench.faults.postbox import Letter
from bench.faults.receiver import Call

#: Nothing is tried again sooner, in seconds: the first pause after a failure, and less than the shortest lease of a case.
SOONEST = 10.0

_DONE_JOBS = "select id from job where connector = 'http' and status = 'completed'"
_BUSINESS_KEYS = "select key, business_key, count(*) from process_instance where key in ('errand', 'echo') group by 1, 2"
#: Notifications of the load, and whether their mail is over.
_MAILS = "select subject, id, mail_due_at is null from notification"


def judge(evidence: Evidence) -> Iterator[str]:
    yield from _repeats(evidence, "The receiver", evidence.calls)
    yield from _repeats(evidence, "The mail server", evidence.letters)
    if evidence.ledger is not None:
        yield from _calls(evidence)
        yield from _instances(evidence)
        yield from _mails(evidence)


def _repeats(evidence: Evidence, who: str, arrivals: Sequence[Call] | Sequence[Letter]) -> Iterator[str]:
    moments = defaultdict[str, list[float]](list)
    for arrival in arrivals:
        moments[arrival.key].append(arrival.at)
    for key, times in moments.items():
        for before, after in pairwise(times):
            if after - before < SOONEST or not evidence.was_disturbed(before - SOONEST, after):
                yield f"{who} was reached again with the key {key} after {after - before:.2f} s, for no reason."


def _calls(evidence: Evidence) -> Iterator[str]:
    """Each job that is done was called for, each errand by one job."""
    called = {call.key for call in evidence.calls}
    with evidence.database.engine.connect() as connection:
        for row in connection.execute(text(_DONE_JOBS)):
            if _hyphenated(row.id) not in called:
                yield f"The job {row.id} is done, and nobody was called."
    keys = defaultdict[str, set[str]](set)
    for call in evidence.calls:
        keys[call.body.get("key")].add(call.key)
    for errand in evidence.approved:
        if len(keys[errand.key]) != 1:
            yield f"{errand.key} was called for under {len(keys[errand.key])} keys, 1 expected."


def _instances(evidence: Evidence) -> Iterator[str]:
    """One of each for a business key: a start that was sent twice begins one, and so does a message."""
    found = defaultdict[str, dict[str, int]](dict)
    with evidence.database.engine.connect() as connection:
        for process, key, count in connection.execute(text(_BUSINESS_KEYS)):
            found[process][key] = count
    wanted = {"errand": evidence.errands, "echo": evidence.approved}
    for process, errands in wanted.items():
        for errand in errands:
            count = found[process].pop(errand.key, 0)
            if count != 1:
                yield f"{process} {errand.key} is there {count} times."
    known = {errand.key for errand in evidence.ledger.all()} if evidence.ledger else set()
    for process, others in found.items():
        for key, count in others.items():
            if key not in known or count > 1:
                yield f"{process} {key} is there {count} times, and nobody asked for it."


def _mails(evidence: Evidence) -> Iterator[str]:
    """One notification and one Message-ID for an errand; the mail has come, unless a worker that was killed still has it."""
    sent = {letter.key.strip("<>").partition("@")[0] for letter in evidence.letters}
    notified = defaultdict[str, list[str]](list)
    with evidence.database.engine.connect() as connection:
        for subject, id, is_over in connection.execute(text(_MAILS)):
            notified[subject].append(_hyphenated(id))
            if is_over and _hyphenated(id) not in sent:
                yield f"The mail {id} counts as sent and has not come."
            if not is_over and not evidence.disturbances:
                yield f"The mail {id} was not sent."
    mails = Counter({letter.key: letter.subject for letter in evidence.letters}.values())
    for errand in evidence.approved:
        if len(notified[errand.key]) != 1:
            yield f"{errand.key} was told {len(notified[errand.key])} times."
        if mails[errand.key] > 1:
            yield f"{errand.key} was told by several mails."
    for letter in evidence.letters:
        if letter.to != "ann@example.com":
            yield f"A mail went to {letter.to}."


def _hyphenated(id: object) -> str:
    """SQLite keeps ids as 32 digits."""
    digits = str(id).replace("-", "")
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
