"""Run as a process of its own: works on and on, and says each step aloud once it is done. Its end is to be killed."""

from __future__ import annotations

import sys
from functools import partial

from engine import process_instances
from engine.facts.actor import SYSTEM
from engine.people import user_tasks
from engine.people.user_tasks import UserTaskFilter
from engine.store import open_database
from engine.store.unit_of_work import unit_of_work
from tests.engine.company import ALICE, COMPANY


def main(url: str) -> None:
    working = partial(unit_of_work, open_database(url), directory=COMPANY)
    while True:
        with working(ALICE) as work:
            instance = process_instances.start(work, "two-steps", {"customer": "ACME"})
        say("started", instance.id)
        for _ in range(2):
            with working(SYSTEM) as work:
                (task,) = user_tasks.list_(work, UserTaskFilter(process_instance_id=instance.id)).items
            with working(ALICE) as work:
                user_tasks.complete(work, task.id, {})
            say("completed", task.id)


def say(what: str, id: object) -> None:
    sys.stdout.write(f"{what} {id}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
