"""Decisions: which are deployed, their tables, where they are used, and what they answer."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, render_template, request

from engine.definitions import decisions, process_definitions
from engine.definitions.decisions import DecisionDefinition
from engine.facts.errors import Invalid
from engine.facts.sentences import Sentence
from engine.store.unit_of_work import UnitOfWork
from service import sent_json
from service.disposition import disposition
from service.identity.openings import opens_to
from service.unit_of_work import unit_of_work
from service.web import decision_sheets, usages
from service.web.addresses import version_asked
from service.web.decision_sheets import DecisionSheet

A_DAY = 86_400

blueprint = Blueprint("decisions", __name__)


@blueprint.get("/decisions")
@opens_to("design", "operate")
def list_() -> str:
    text = request.args.get("q", "").strip().lower()
    with unit_of_work() as work:
        newest = decisions.list_(work)
        files = decisions.files(work, newest)
        now = work.now
    found = [(each, decision_sheets.of(files[each.key], each.key, each.name)) for each in newest]
    fitting = [(each, sheet) for each, sheet in found if text in f"{each.key} {each.name} {sheet.name}".lower()]
    return render_template("decisions.html", decisions=fitting, text=text, now=now)


@blueprint.get("/decisions/<key>")
@opens_to("design", "operate")
def show(key: str) -> str:
    """The version asked for, or the newest one."""
    with unit_of_work() as work:
        decision = decisions.get(work, key, version_asked(request.args))
        shown = {
            "decision": decision,
            "sheet": sheet_of(work, decision),
            "inputs": decisions.inputs(work, decision),
            "versions": decisions.versions(work, decision),
            "usages": usages.of(work, process_definitions.list_(work), "decision", key),
            "now": work.now,
        }
    return render_template("decision.html", matched=frozenset(), **shown)


@blueprint.get("/decisions/<key>/xml")
@opens_to("design", "operate")
def xml(key: str) -> Response:
    """The file as it was deployed, for saving."""
    version = version_asked(request.args)
    with unit_of_work() as work:
        content = decisions.xml(work, decisions.get(work, key, version))
    response = Response(content, mimetype="application/xml")
    response.headers["Cache-Control"] = f"private, max-age={A_DAY if version else 0}"
    response.headers["Content-Disposition"] = disposition("attachment", f"{key}.dmn")
    return response


@blueprint.post("/decisions/<key>/evaluate")
@opens_to("design", "operate")
def evaluate(key: str) -> str:
    """A part of the page: what the decision answers to these inputs, with the rules that fit. Nothing is changed."""
    version = version_asked(request.form)
    with unit_of_work() as work:
        decision = decisions.get(work, key, version)
        given = {each.name: _value(request.form.get(f"input-{each.name}", "")) for each in decisions.inputs(work, decision)}
        decided = decisions.evaluate(work, key, given, version=version)
        sheet = sheet_of(work, decision)
    answer = json.dumps(decided.value, ensure_ascii=False, indent=2, default=str)
    matched = _matched(decided.trace, key)
    return render_template("decision_answer.html", sheet=sheet, answer=answer, notes=decided.notes, matched=matched)


def sheet_of(work: UnitOfWork, decision: DecisionDefinition) -> DecisionSheet:
    """As people read it."""
    return decision_sheets.of(decisions.xml(work, decision), decision.key, decision.name)


def _value(text: str) -> Any:
    """JSON where it is JSON, else the text itself: people write 12, true and 北京."""
    if len(text) > MAX_INPUT:
        raise Invalid(why=Sentence("a value is too long."))
    try:
        return sent_json.read(text.encode()) if text else None
    except sent_json.NotJson:
        return text


#: Characters of one input that is typed on the page.
MAX_INPUT = 10_000


def _matched(trace: Any, key: str) -> frozenset[int]:
    """Numbers of the rules of the decision's own table that fit, from 1."""
    own = (each for each in trace if each["id"] == key)
    return frozenset(rule["rule"] for each in own for table in each["tables"] for rule in table["matched"])
