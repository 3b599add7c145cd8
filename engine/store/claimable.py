"""The user tasks that people of some groups could claim, newest first: by the index of user_task_candidate, a page at a time."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, bindparam, false, select, union

from engine.facts.actor import Actor
from engine.store.columns import Id
from engine.store.user_tasks import user_task_candidate

_ID = user_task_candidate.c.user_task_id


def parameters(actor: Actor) -> dict[str, Any]:
    """Of `newest`."""
    return {f"group_{number}": group for number, group in enumerate(sorted(actor.groups))}


def newest(groups: int, most: Any, *, before: str | None = None) -> Select[Any]:
    """Ids of the newest `most`, for so many groups; `before` names the parameter with the id that the page before ended with.

    Each group gives its own newest. Asked with IN, PostgreSQL reads all that the groups have: for 2,500 tasks 3 ms, not 0.3.
    """
    parts = [_newest_of(f"group_{number}", most, before) for number in range(groups)]
    found = (union(*parts) if parts else select(_ID).where(false())).subquery()
    id = found.c.user_task_id
    return select(id).order_by(id.desc()).limit(most)


def _newest_of(group: str, most: Any, before: str | None) -> Select[Any]:
    ids = select(_ID).where(user_task_candidate.c.candidate == bindparam(group))
    if before is not None:
        ids = ids.where(bindparam(before, type_=Id()) > _ID)
    return select(ids.order_by(_ID.desc()).limit(most).subquery().c.user_task_id)
