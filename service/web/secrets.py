"""Secrets of connectors: which there are, and setting them. For administrators; no page shows a value."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as AnyResponse

from engine import access
from engine.facts.errors import Refusal
from engine.facts.secret_references import written
from engine.facts.sentences import Sentence
from service.identity.openings import opens_to
from service.parts import current_parts
from service.secrets import keeping
from service.secrets.keeping import SecretRefused
from service.secrets.unreadable import told, unreadable
from service.unit_of_work import unit_of_work
from service.web.errors import sentence_of

EXAMPLE = "crm-token"

blueprint = Blueprint("secrets", __name__)


@blueprint.get("/secrets")
@opens_to("administer")
def list_() -> str:
    with unit_of_work() as work:
        lost = unreadable(work, current_parts().secrets)
        found = keeping.list_(work)
        said = told(lost) if lost else None
        return render_template("secrets.html", secrets=found, lost=lost, told=said, reference=written, now=work.now)


@blueprint.get("/secrets/set")
@opens_to("administer")
def form() -> str:
    """For a new one; with `name` for one there is."""
    name = request.args.get("name", "")
    with unit_of_work() as work:
        access.right(work, "administer", to=Sentence("set secrets"))
        hosts = next((secret.hosts for secret in keeping.list_(work) if secret.name == name), ())
    return _form(name, "\n".join(hosts), is_new=not name)


@blueprint.post("/secrets")
@opens_to("administer")
def set_() -> AnyResponse | tuple[str, int]:
    name, hosts, value = (request.form.get(field, "").strip() for field in ("name", "hosts", "value"))
    try:
        with unit_of_work() as work:
            keeping.set_(work, current_parts().secrets, name, value, hosts.replace(",", " ").split())
    except SecretRefused as refusal:
        return _form(name, hosts, is_new=True, refusal=refusal), 422
    flash(gettext("The secret “%(name)s” is set.", name=name), "success")
    return redirect(url_for("web.secrets.list_"))


@blueprint.post("/secrets/<name>/delete")
@opens_to("administer")
def delete(name: str) -> AnyResponse:
    with unit_of_work() as work:
        keeping.delete(work, name)
    flash(gettext("The secret “%(name)s” is deleted.", name=name), "success")
    return redirect(url_for("web.secrets.list_"))


def _form(name: str, hosts: str, *, is_new: bool, refusal: Refusal | None = None) -> str:
    """The value is typed anew each time: a page that had it could show it."""
    return render_template(
        "secret_form.html",
        name=name,
        hosts=hosts,
        example=EXAMPLE,
        example_host="api.crm.example.com",
        reference=written(name or EXAMPLE),
        is_new=is_new,
        refusal=sentence_of(refusal) if refusal else "",
        problems={problem.where: problem for problem in refusal.problems} if refusal else {},
    )
