"""Deploying files: processes, decisions, forms, several at once, with the whole list of problems."""

from __future__ import annotations

import json
from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, render_template, request
from flask_babel import gettext

from engine import access
from engine.definitions import deployments, editors
from engine.definitions.deployment_files import DMN_SUFFIX, FORM_SUFFIX, form_key
from engine.definitions.deployments import File
from engine.facts.errors import Invalid, ModelRefused
from engine.facts.sentences import Sentence
from service.forms.checking import check_form
from service.identity.openings import opens_to
from service.parts import current_parts
from service.secrets.keeping import names
from service.unit_of_work import unit_of_work
from service.web import decision_sheets
from service.web.decision_sheets import DecisionSheet
from service.web.definition_names import form_name
from service.web.forms import Preview, previews
from service.web.languages import language

#: A folder that was dropped brings its path along; what counts begins below one of these.
ROOTS = ("forms/", "processes/")

#: As Camunda Modeler finds it in its folder.
TEMPLATES = "liuzhuan-element-templates.json"


@dataclass(frozen=True, slots=True)
class Shown:
    """A file to look at before or after it is deployed: the decisions of a DMN file, or a form in each language."""

    name: str
    title: str
    decisions: tuple[DecisionSheet, ...] = ()
    previews: tuple[Preview, ...] = ()


blueprint = Blueprint("deployments", __name__)


@blueprint.get("/deployments/new")
@opens_to("design")
def form() -> str:
    with unit_of_work() as work:
        access.right(work, "design", to=Sentence("deploy files"))
    return render_template("deploy.html")


@blueprint.get("/deployments/element-templates")
@opens_to("design")
def element_templates() -> Response:
    """For Camunda Modeler, in the language of the page."""
    with unit_of_work() as work:
        found = editors.element_templates(work, current_parts().connectors, language())
    content = json.dumps(found, ensure_ascii=False, indent=2)
    return Response(content, mimetype="application/json", headers={"Content-Disposition": f"attachment; filename={TEMPLATES}"})


@blueprint.post("/deployments")
@opens_to("design")
def deploy() -> tuple[Response, int]:
    """A part of the page as `html`: what is there now, or what is wrong. With `check` nothing is deployed."""
    files = _files()
    if request.form.get("check"):
        with unit_of_work() as work:
            problems = deployments.check(
                files, work, connectors=current_parts().connectors, check_form=check_form, secrets=names(work)
            )
        return jsonify(html=render_template("deploy_checked.html", problems=problems, count=len(files), shown=_shown(files))), 200
    try:
        with unit_of_work() as work:
            name = request.form.get("name", "").strip() or gettext("Uploaded by %(who)s", who=work.actor.name)
            deployment = deployments.deploy(
                work, files, name=name[:200], connectors=current_parts().connectors, check_form=check_form, secrets=names(work)
            )
    except ModelRefused as refusal:
        return jsonify(html=render_template("deploy_checked.html", problems=refusal.problems, count=len(files), shown=[])), 422
    return jsonify(html=render_template("deployed.html", deployment=deployment, shown=_shown(files))), 200


def _shown(files: list[File]) -> list[Shown]:
    """What of the files can be looked at; a process has its page and its diagram."""
    decisions = [Shown(each.name, "", decision_sheets.read(each.content)) for each in files if each.name.endswith(DMN_SUFFIX)]
    return [*decisions, *filter(None, (_shown_form(each) for each in files if each.name.endswith(FORM_SUFFIX)))]


def _shown_form(file: File) -> Shown | None:
    """None for what is no form: the problem list says so."""
    try:
        schema = json.loads(file.content)
    except ValueError:
        return None
    if not isinstance(schema, dict) or not isinstance(schema.get("components"), list):
        return None
    return Shown(file.name, form_name(schema) or form_key(file.name), previews=previews(schema))


def _files() -> list[File]:
    folder = request.form.get("folder", "").strip().strip("/")
    uploaded = [each for each in request.files.getlist("files") if each.filename]
    if not uploaded:
        raise Invalid(why=Sentence("no file was chosen."))
    return [File(_name(each.filename or "", folder), each.read()) for each in uploaded]


def _name(path: str, folder: str) -> str:
    """The path below the folder of forms or processes; a file that comes without a path goes into `folder`."""
    path = path.replace("\\", "/")
    for root in ROOTS:
        if f"/{root}" in f"/{path}":
            return f"/{path}".rpartition(f"/{root}")[2]
    return f"{folder}/{path.rpartition('/')[2]}" if folder else path
