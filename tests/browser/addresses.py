"""Every page that a person can open, from the route table: a new one is visited without being named here."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from flask import Flask

from engine.facts.actor import SYSTEM
from engine.people import attachments
from service.parts import Parts
from service.secrets import keeping
from service.webhooks import endpoints
from service.webhooks.endpoints import Wanted

#: Answers that no browser shows as a page of ours: files, JSON, and those that lead on.
NO_PAGES = {
    "web.brand.front_door",
    "web.brand.icon",
    "web.attachments.save",
    "web.attachments.show",
    "web.decisions.xml",
    "web.deployments.element_templates",
    "web.forms.file",
    "web.live.state",
    "web.live.waiting",
    "web.process_definitions.diagram",
    "web.process_definitions.xml",
    "web.user_tasks.next_",
}
#: The same pages with something chosen.
CHOSEN = ("/user-tasks?list=claimable", "/user-tasks?list=done", "/process-instances?process=business-intake&step=AssessLead")
KEYS = {
    "decisions": "collection-stage",
    "forms": "business/lead-registration",
    "process-definitions": "business-intake",
    "organisation": "zhao.min",
    "start": "business-intake",
}


def pages(app: Flask, parts: Parts, case: str, task: str) -> Iterator[str]:
    """`case` and `task` are the addresses of a process instance and of a user task."""
    ids = {"process-instances": case.split("/")[2], "user-tasks": task.split("/")[2].partition("?")[0], **_made(parts, case)}
    for rule in app.url_map.iter_rules():
        is_shown = rule.endpoint.startswith("web.") or rule.endpoint == "api_description.page"
        if is_shown and "GET" in (rule.methods or ()) and rule.endpoint not in NO_PAGES:
            noun = rule.rule.split("/")[1]
            address = rule.rule.replace("<uuid:id>", ids.get(noun, ""))
            yield address.replace("<key>", KEYS.get(noun, "")).replace("<path:key>", KEYS.get(noun, ""))
    yield from CHOSEN


def _made(parts: Parts, case: str) -> dict[str, str]:
    """Ids of what nobody has made on the way: a file of the case, a webhook endpoint."""
    with parts.begin(SYSTEM) as work:
        file = attachments.add(work, "notes.txt", "text/plain", b"notes", process_instance_id=UUID(case.split("/")[2]))
        keeping.set_(work, parts.secrets, "crm-token", "a token of many letters", ["api.crm.example.com"])
        endpoint = endpoints.create(
            work, parts.secrets, Wanted("crm", "github", "signal", "year-end"), "a secret of twenty letters"
        )
    return {"attachments": str(file.id), "webhook-endpoints": str(endpoint.id)}
