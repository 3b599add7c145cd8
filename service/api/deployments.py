"""Bringing in processes, decisions and forms."""

from __future__ import annotations

from flask import Response, request

from engine.definitions import deployments, editors
from engine.definitions.deployments import File
from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from service.api.idempotency import REPEATABLE, once
from service.api.language import language
from service.api.refusals import FieldProblem, RequestRefused, WrongContentType
from service.api.routes import Routes, json_response
from service.api.schemas.process_definitions import DeploymentDetails, Files
from service.forms.checking import check_form
from service.identity.openings import opens_to
from service.parts import current_parts
from service.secrets.keeping import names
from service.unit_of_work import unit_of_work

routes = Routes("deployments", __name__, url_prefix="/deployments", description="Bringing in processes, decisions and forms.")

_DEPLOYED = DeploymentDetails()
LONGEST_NAME = 200


@routes.post("")
@opens_to("design")
@routes.files(Files)
@routes.describes(**REPEATABLE)
@routes.answers(201, DeploymentDetails)
def deploy() -> Response:
    """All files, or none: every problem of every file is listed with element and line."""
    files, name = _files(), request.form.get("name", "").strip()[:LONGEST_NAME]
    with unit_of_work() as work:
        return once(work, lambda: _DEPLOYED.dump(_deployed(work, files, name or files[0].name)), 201)


@routes.get("/element-templates")
@opens_to("design")
@routes.answers_file("application/json")
def element_templates() -> Response:
    """Element templates for Camunda Modeler, a file in the language of Accept-Language: our attributes in its panel."""
    with unit_of_work() as work:
        return json_response(editors.element_templates(work, current_parts().connectors, language()))


def _deployed(work: UnitOfWork, files: list[File], name: str) -> deployments.Deployment:
    return deployments.deploy(
        work, files, name=name, connectors=current_parts().connectors, check_form=check_form, secrets=names(work)
    )


def _files() -> list[File]:
    if request.mimetype != "multipart/form-data":
        raise WrongContentType(given=request.mimetype[:100], needed="multipart/form-data")
    unknown = sorted(({*request.form} - {"name"}) | ({*request.files} - {"files"}))
    problems = [
        FieldProblem("unknown", Sentence("There is no such field."), name[:100], fix=Sentence("Use name and files."))
        for name in unknown
    ]
    found = request.files.getlist("files")
    if not found:
        problems.append(
            FieldProblem("required", Sentence("No file was sent."), "files", fix=Sentence("Send one or more files as `files`."))
        )
    problems += [FieldProblem("required", Sentence("A file has no name."), "files") for each in found if not each.filename]
    if problems:
        raise RequestRefused(problems=tuple(problems), count=len(problems))
    return [File(str(each.filename), each.read()) for each in found]
