"""Messages from one process instance to another."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from service.background import deliver_messages
from service.parts import Parts

Start = Callable[[str], UUID]
Status = Callable[[UUID], str]


def test_a_message_reaches_who_waits_for_it(parts: Parts, start: Start, status: Status) -> None:
    receiver, sender = start("receiver"), start("sender")
    assert (status(sender), status(receiver)) == ("ended", "running")
    assert deliver_messages.run_once(parts) >= 1
    assert status(receiver) == "ended"


def test_a_message_nobody_waits_for_yet_is_kept(parts: Parts, start: Start, status: Status) -> None:
    start("sender")
    deliver_messages.run_once(parts)
    receiver = start("receiver")
    while deliver_messages.run_once(parts):
        pass
    assert status(receiver) == "ended"
    assert deliver_messages.run_once(parts) == 0
