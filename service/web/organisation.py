"""Who works where, for administrators; people are changed in the company file, not here."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from engine import access
from engine.facts.sentences import Sentence
from engine.people.handing_over import count_held
from service.identity.openings import opens_to
from service.identity.organisation import Member, Organisation
from service.unit_of_work import unit_of_work
from service.web import people

#: So many people are drawn; a company has more than anybody reads.
MOST = 100

blueprint = Blueprint("organisation", __name__)


@blueprint.get("/organisation")
@opens_to("administer")
def show() -> str:
    with unit_of_work() as work:
        access.right(work, "administer", to=Sentence("see the organisation"))
        company = people.organisation()
        wanted = request.args.get("q", "").strip().lower()
        department = request.args.get("department", "")
        members = [each for each in company.members.values() if _fits(each, wanted, department, company)]
        members.sort(key=lambda each: (not each.person.is_active, each.person.department or "", each.person.id))
        active = sum(each.person.is_active for each in members)
        held = count_held(work, [each.person.id for each in members[:MOST]])
    shown = {"members": members, "active": active, "most": MOST, "held": held}
    return render_template("organisation.html", company=company, department=department, **shown)


def _fits(member: Member, wanted: str, department: str, company: Organisation) -> bool:
    person = member.person
    texts = (person.id, person.name, person.name_en.lower(), member.email.lower())
    if wanted and not any(wanted in text for text in texts):
        return False
    return not department or person.department in set(company.below(department))
