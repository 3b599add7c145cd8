"""The bell: short messages to one person, read when they are looked at."""

from __future__ import annotations

from flask import Blueprint, g, render_template

from service.identity.current import current_actor
from service.identity.openings import opens_to
from service.store import notifications
from service.unit_of_work import unit_of_work

blueprint = Blueprint("notifications", __name__)


@blueprint.get("/notifications")
@opens_to("everybody")
def list_() -> str:
    me = current_actor().id
    with unit_of_work() as work:
        latest = notifications.latest(work, me)
        notifications.mark_read(work, me)
        now = work.now
    return render_template("notifications.html", notifications=latest, now=now)


def unread() -> int:
    """For the bell; asked once per request."""
    if "unread" not in g:
        with unit_of_work() as work:
            g.unread = notifications.count_unread(work, current_actor().id)
    return int(g.unread)
