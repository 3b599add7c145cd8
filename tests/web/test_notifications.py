"""The bell: each person reads the messages in the language of their page."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from engine.facts.actor import SYSTEM
from service.parts import Parts
from service.store import notifications
from service.store.notifications import Notification
from tests.web.visitor import Visitor


def test_a_message_is_read_in_the_language_of_the_page(parts: Parts, visitor: Callable[..., Visitor]) -> None:
    with parts.begin(SYSTEM) as work:
        told = Notification(
            uuid.uuid4(), "chen.jing", None, "请尽快", "还有两天。", work.now, None, "Please hurry", "Two days left."
        )
        only_chinese = Notification(uuid.uuid4(), "chen.jing", None, "只有中文", "", work.now)
        notifications.add(work, [told, only_chinese])
    chinese = visitor("chen.jing").opens("/notifications").text
    assert "请尽快" in chinese and "还有两天。" in chinese and "hurry" not in chinese
    english = visitor("chen.jing", language="en").opens("/notifications").text
    assert "Please hurry" in english and "Two days left." in english and "请尽快" not in english
    assert "只有中文" in english
