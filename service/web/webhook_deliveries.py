"""What webhook endpoints received: replaying what failed, and trying an endpoint out with a sample."""

from __future__ import annotations

import json
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine.definitions import process_definitions
from engine.facts.errors import Refusal
from engine.process_instances import Entry
from service.identity.openings import opens_to
from service.parts import current_parts
from service.task_forms import start_reviews
from service.unit_of_work import unit_of_work
from service.web.errors import sentence_of
from service.web.languages import language, named
from service.web.people import holder_name
from service.webhooks import endpoints, receiving, trials
from service.webhooks.trials import Trial

blueprint = Blueprint("webhook_deliveries", __name__)


@blueprint.post("/webhook-endpoints/<uuid:id>/deliveries/<uuid:delivery_id>/replay")
@opens_to("administer")
def replay(id: UUID, delivery_id: UUID) -> AnyResponse:
    """Once more, with the endpoint as it is set up now; why it failed again is in the log."""
    with unit_of_work() as work:
        endpoint = endpoints.get(work, id)
        failed = endpoints.delivery(work, endpoint, delivery_id)
    try:
        receiving.replay(current_parts().opener(), endpoint, failed, review=start_reviews(language))
    except Refusal as refusal:
        flash(sentence_of(refusal), "error")
    else:
        flash(gettext("The delivery was accepted."), "success")
    return redirect(url_for("web.webhooks.show", id=id))


@blueprint.post("/webhook-endpoints/<uuid:id>/rehearse")
@opens_to("administer")
def rehearse(id: UUID) -> str:
    """A part of the page: what the sample means, and what it would do. Nothing happens."""
    parts = current_parts()
    with unit_of_work() as work:
        endpoint, received = trials.sample(work, parts.secrets, id, _body())
    trial = trials.rehearse(parts.opener(), endpoint, received, review=start_reviews(language))
    return render_template(
        "webhook_trial.html",
        endpoint=endpoint,
        trial=trial,
        refusal=sentence_of(trial.refusal) if trial.refusal else "",
        variables=json.dumps(trial.meant.variables, ensure_ascii=False, indent=2, default=str) if trial.meant else "",
        headers=trials.shown_headers(endpoint, received.headers),
        process=_process(trial),
        steps=[_waiting(entry) for entry in trial.outcome.waiting] if trial.outcome else [],
    )


@blueprint.post("/webhook-endpoints/<uuid:id>/send")
@opens_to("administer")
def send(id: UUID) -> AnyResponse:
    """The sample is delivered as its sender would deliver it: everything happens, and it stands in the log."""
    parts = current_parts()
    with unit_of_work() as work:
        endpoint, received = trials.sample(work, parts.secrets, id, _body())
    try:
        receiving.receive(
            parts.opener(),
            parts.secrets,
            endpoint.name,
            received,
            rates=parts.rates,
            per_minute=parts.settings.webhook_rate,
            review=start_reviews(language),
        )
    except Refusal as refusal:
        flash(sentence_of(refusal), "error")
    else:
        flash(gettext("The sample was accepted, as a delivery of its sender would be."), "success")
    return redirect(url_for("web.webhooks.show", id=id))


def _waiting(entry: Entry) -> str:
    """Who would have to do what."""
    who = holder_name(entry.person, entry.candidates)
    return gettext("“%(step)s” would wait for %(who)s", step=named(entry.name, entry.name_en), who=who)


def _body() -> bytes:
    return request.form.get("body", "").encode()


def _process(trial: Trial) -> str:
    """The name of the process that is started or reached."""
    if trial.outcome is None or trial.outcome.instance is None:
        return ""
    with unit_of_work() as work:
        definition = process_definitions.get(work, trial.outcome.instance.definition_id)
    return named(definition.name, definition.name_en)
