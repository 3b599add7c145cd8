"""Hands on the open tasks of people who have left, and of roles that nobody holds any more."""

from __future__ import annotations

import logging

from engine.facts.actor import SYSTEM
from engine.facts.errors import Refusal, Unavailable
from engine.people import stranded_tasks
from engine.people.stranded_tasks import HandedOn
from service.parts import Parts

log = logging.getLogger(__name__)


def run_once(parts: Parts) -> int:
    """How many tasks have other people now."""
    return len(hand_on_all(parts))


def hand_on_all(parts: Parts) -> list[HandedOn]:
    """Each in a transaction of its own: one that cannot be handed on is logged, and looked at again the next time."""
    begin = parts.opener()
    with begin(SYSTEM) as work:
        ids = [task.id for task in stranded_tasks.stranded(work) if not stranded_tasks.is_left_to_operators(task)]
    done: list[HandedOn] = []
    for id in ids:
        try:
            with begin(SYSTEM) as work:
                moved = stranded_tasks.hand_on(work, id)
        except Unavailable:
            raise
        except Refusal as refusal:
            log.warning("a task could not be handed on", extra={"user_task": str(id), "why": refusal})
            continue
        except Exception:
            log.exception("a task could not be handed on", extra={"user_task": str(id)})
            continue
        if moved is not None:
            done.append(moved)
            log.info(
                "a task was handed on",
                extra={
                    "user_task": str(id),
                    "process_instance": str(moved.process_instance_id),
                    "was_with": moved.was_with or "",
                },
            )
    return done
