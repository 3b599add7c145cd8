"""Webhook endpoints: what other systems may start or tell. Setting them up, for administrators."""

from __future__ import annotations

import secrets as random
from typing import get_args
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine import access
from engine.definitions import process_definitions
from engine.facts.errors import Refusal
from engine.facts.sentences import Sentence
from service.identity.openings import opens_to
from service.parts import current_parts
from service.store.webhook_endpoints import Effect, Style, WebhookEndpoint
from service.unit_of_work import unit_of_work
from service.web.errors import sentence_of
from service.webhooks import endpoints
from service.webhooks.endpoints import EndpointNameTaken, EndpointRefused, Wanted

EFFECTS: tuple[Effect, ...] = get_args(Effect)
STYLES: tuple[Style, ...] = get_args(Style)
NEW = Wanted("", "liuzhuan", "start", "")

blueprint = Blueprint("webhooks", __name__)


@blueprint.get("/webhook-endpoints")
@opens_to("administer")
def list_() -> str:
    with unit_of_work() as work:
        return render_template("webhooks.html", endpoints=endpoints.list_(work), now=work.now)


@blueprint.get("/webhook-endpoints/new")
@opens_to("administer")
def form() -> str:
    with unit_of_work() as work:
        access.right(work, "administer", to=Sentence("set up webhook endpoints"))
    return _form(NEW)


@blueprint.post("/webhook-endpoints")
@opens_to("administer")
def create() -> AnyResponse | str | tuple[str, int]:
    """The page of the new endpoint with its secret: shown once, because the sender needs it."""
    wanted, secret = _wanted(NEW), _secret()
    try:
        with unit_of_work() as work:
            endpoint = endpoints.create(work, current_parts().secrets, wanted, secret)
    except (EndpointRefused, EndpointNameTaken) as refusal:
        return _form(wanted, refusal=refusal), _status(refusal)
    return _page(endpoint.id, secret)


@blueprint.get("/webhook-endpoints/<uuid:id>")
@opens_to("administer")
def show(id: UUID) -> str:
    return _page(id)


@blueprint.get("/webhook-endpoints/<uuid:id>/edit")
@opens_to("administer")
def edit(id: UUID) -> str:
    with unit_of_work() as work:
        endpoint = endpoints.get(work, id)
    return _form(endpoints.wanted_of(endpoint), endpoint)


@blueprint.post("/webhook-endpoints/<uuid:id>")
@opens_to("administer")
def change(id: UUID) -> AnyResponse | tuple[str, int]:
    """Everything but the secret."""
    with unit_of_work() as work:
        endpoint = endpoints.get(work, id)
    wanted = _wanted(endpoints.wanted_of(endpoint))
    try:
        with unit_of_work() as work:
            endpoints.change(work, current_parts().secrets, endpoint, wanted, None)
    except (EndpointRefused, EndpointNameTaken) as refusal:
        return _form(wanted, endpoint, refusal), _status(refusal)
    return _back(id, gettext("The webhook endpoint is changed."))


@blueprint.post("/webhook-endpoints/<uuid:id>/secret")
@opens_to("administer")
def give_secret(id: UUID) -> str:
    """The page with the new secret: shown once."""
    secret = _secret()
    with unit_of_work() as work:
        endpoints.give_secret(work, current_parts().secrets, id, secret)
    return _page(id, secret)


@blueprint.post("/webhook-endpoints/<uuid:id>/enable")
@opens_to("administer")
def enable(id: UUID) -> AnyResponse:
    is_enabled = bool(request.form.get("enabled"))
    with unit_of_work() as work:
        endpoints.enable(work, current_parts().secrets, id, is_enabled=is_enabled)
    done = (
        gettext("The endpoint accepts deliveries again.") if is_enabled else gettext("The endpoint is off: senders are refused.")
    )
    return _back(id, done)


@blueprint.post("/webhook-endpoints/<uuid:id>/delete")
@opens_to("administer")
def delete(id: UUID) -> AnyResponse:
    with unit_of_work() as work:
        endpoints.delete(work, id)
    flash(gettext("The webhook endpoint is deleted."), "success")
    return redirect(url_for("web.webhooks.list_"))


def _page(id: UUID, secret: str = "") -> str:
    with unit_of_work() as work:
        endpoint = endpoints.get(work, id)
        deliveries = endpoints.deliveries(work, endpoint).items
        now = work.now
    return render_template(
        "webhook.html",
        endpoint=endpoint,
        deliveries=deliveries,
        sample=deliveries[0].body.decode(errors="replace") if deliveries else "{\n}",
        secret=secret,
        address=f"{current_parts().settings.public_url.rstrip('/')}/webhooks/{endpoint.name}",
        now=now,
    )


def _form(wanted: Wanted, endpoint: WebhookEndpoint | None = None, refusal: Refusal | None = None) -> str:
    with unit_of_work() as work:
        definitions = process_definitions.list_(work)
    return render_template(
        "webhook_form.html",
        wanted=wanted,
        endpoint=endpoint,
        definitions=definitions,
        effects=EFFECTS,
        styles=STYLES,
        refusal=sentence_of(refusal) if refusal else "",
        problems={problem.where: problem for problem in refusal.problems} if refusal else {},
    )


def _wanted(before: Wanted) -> Wanted:
    """As the form says it; what is wrong with it the verb tells."""
    text = {name: request.form.get(name, "").strip() for name in Wanted.__dataclass_fields__}
    return Wanted(
        name=text["name"],
        style=text["style"] if text["style"] in STYLES else before.style,
        effect=text["effect"] if text["effect"] in EFFECTS else before.effect,
        target=text["target"],
        variables=text["variables"],
        business_key=text["business_key"],
        correlation_key=text["correlation_key"],
        event_id=text["event_id"],
        acts_as=text["acts_as"] or None,
        is_enabled=before.is_enabled,
    )


def _secret() -> str:
    """The one of a sender that makes its own, as Stripe does; else a new one."""
    return request.form.get("secret", "").strip() or random.token_urlsafe(32)


def _status(refusal: Refusal) -> int:
    return 409 if isinstance(refusal, EndpointNameTaken) else 422


def _back(id: UUID, sentence: str) -> AnyResponse:
    flash(sentence, "success")
    return redirect(url_for("web.webhooks.show", id=id))
