"""Webhook endpoints: what other systems may start or tell, with a log of what they delivered. For administrators."""

from __future__ import annotations

import secrets as random
from typing import cast
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine import process_definitions
from engine.errors import Refusal
from service.parts import current_parts
from service.store.webhook_endpoints import Effect, Style
from service.unit_of_work import unit_of_work
from service.web.errors import sentence_of
from service.webhooks import endpoints, receiving
from service.webhooks.endpoints import Wanted

EFFECTS = ("start", "message", "signal")
STYLES = ("liuzhuan", "github", "gitlab", "stripe")

blueprint = Blueprint("webhooks", __name__)


@blueprint.get("/webhook-endpoints")
def list_() -> str:
    with unit_of_work() as work:
        return render_template("webhooks.html", endpoints=endpoints.list_(work), now=work.now)


@blueprint.get("/webhook-endpoints/new")
def form() -> str:
    with unit_of_work() as work:
        endpoints.list_(work)  # refuses whoever may not see them
    return _form(Wanted("", "liuzhuan", "start", ""))


@blueprint.post("/webhook-endpoints")
def create() -> AnyResponse | str | tuple[str, int]:
    """The page of the new endpoint with its secret: shown once, because the sender needs it."""
    wanted = _wanted()
    secret = random.token_urlsafe(32)
    try:
        with unit_of_work() as work:
            endpoint = endpoints.create(work, current_parts().secrets, wanted, secret)
    except endpoints.EndpointRefused as refusal:
        return _form(wanted, refusal), 422
    except endpoints.EndpointNameTaken as refusal:
        return _form(wanted, refusal), 409
    return _page(endpoint.id, secret)


@blueprint.get("/webhook-endpoints/<uuid:id>")
def show(id: UUID) -> str:
    return _page(id)


@blueprint.post("/webhook-endpoints/<uuid:id>/delete")
def delete(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        endpoints.delete(work, id)
    flash(gettext("The webhook endpoint is deleted."), "success")
    return redirect(url_for("web.webhooks.list_"))


@blueprint.post("/webhook-endpoints/<uuid:id>/deliveries/<uuid:delivery_id>/replay")
def replay(id: UUID, delivery_id: UUID) -> AnyResponse:
    """Once more, with the endpoint as it is set up now; why it failed again is in the log."""
    with unit_of_work() as work:
        endpoint = endpoints.get(work, id)
        failed = endpoints.delivery(work, id, delivery_id)
    try:
        receiving.replay(current_parts().begin, endpoint, failed)
    except Refusal as refusal:
        flash(sentence_of(refusal), "error")
    else:
        flash(gettext("The delivery was accepted."), "success")
    return redirect(url_for("web.webhooks.show", id=id))


def _page(id: UUID, secret: str = "") -> str:
    with unit_of_work() as work:
        endpoint = endpoints.get(work, id)
        deliveries = endpoints.deliveries(work, id)
        now = work.now
    address = f"{current_parts().settings.public_url.rstrip('/')}/webhooks/{endpoint.name}"
    return render_template("webhook.html", endpoint=endpoint, deliveries=deliveries, secret=secret, address=address, now=now)


def _form(wanted: Wanted, refusal: Refusal | None = None) -> str:
    with unit_of_work() as work:
        definitions = process_definitions.list_(work)
    return render_template(
        "webhook_form.html",
        wanted=wanted,
        definitions=definitions,
        effects=EFFECTS,
        styles=STYLES,
        refusal=sentence_of(refusal) if refusal else "",
        problems={problem.where: problem for problem in refusal.problems} if refusal else {},
    )


def _wanted() -> Wanted:
    """As the form says it; what is wrong with it the verb tells."""
    text = {name: request.form.get(name, "").strip() for name in Wanted.__dataclass_fields__}
    return Wanted(
        name=text["name"],
        style=cast(Style, text["style"] if text["style"] in STYLES else STYLES[0]),
        effect=cast(Effect, text["effect"] if text["effect"] in EFFECTS else EFFECTS[0]),
        target=text["target"],
        variables=text["variables"],
        business_key=text["business_key"],
        correlation_key=text["correlation_key"],
        event_id=text["event_id"],
        acts_as=text["acts_as"] or None,
    )
