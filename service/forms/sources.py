"""Pickers of people, departments and roles: a choice in a form whose options the server fills in, and later checks.

A component says `"properties": {"source": "people" | "departments" | "roles", "role": "", "department": ""}`; its values are ids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

from engine.assignment.directory import Department, Person, Role
from service.forms.localisation import Schema
from service.forms.validation import Language

Option = dict[str, str]


class Member(Protocol):
    """Somebody of the company."""

    @property
    def person(self) -> Person: ...


class Company(Protocol):
    """What pickers ask; the organisation of service.identity is one."""

    @property
    def departments(self) -> Mapping[str, Department]: ...

    @property
    def roles(self) -> Mapping[str, Role]: ...

    @property
    def members(self) -> Mapping[str, Member]: ...

    def holders(self, role: str, department: str | None = None) -> tuple[str, ...]: ...

    def below(self, department: str) -> Iterator[str]: ...


def with_options(schema: Schema, company: Company, language: Language, values: Any = None) -> dict[str, Any]:
    """The schema with the options of every picker; what is chosen already in `values` stays an option, whoever has left since."""
    components = [_component(each, company, language, values) for each in schema.get("components", ())]
    return {**schema, "components": components}


def _component(component: Schema, company: Company, language: Language, values: Any) -> dict[str, Any]:
    source = component.get("properties", {}).get("source")
    if source in _SOURCES:
        chosen = set(_chosen(_below(values, component.get("key", ""))))
        filled = {name: value for name, value in component.items() if name not in ("valuesKey", "valuesExpression")}
        return {**filled, "values": options(component["properties"], company, language, chosen)}
    if "components" in component:
        return with_options(component, company, language, _below(values, component.get("path", "")))
    return dict(component)


def options(wish: Mapping[str, str], company: Company, language: Language, chosen: set[str]) -> list[Option]:
    """What can be chosen, in the order of the company file."""
    return [
        {"value": each.id, "label": _label(each, company, language)} for each in _SOURCES[wish["source"]](wish, company, chosen)
    ]


def _people(wish: Mapping[str, str], company: Company, chosen: set[str]) -> Iterator[Person]:
    """Active people; with a role or a department only theirs, the departments below included."""
    holders = set(company.holders(wish["role"])) if wish.get("role") else None
    departments = set(company.below(wish["department"])) if wish.get("department") else None
    for member in company.members.values():
        person = member.person
        fits = (holders is None or person.id in holders) and (departments is None or person.department in departments)
        if person.id in chosen or (person.is_active and fits):
            yield person


def _departments(wish: Mapping[str, str], company: Company, chosen: set[str]) -> Iterator[Department]:
    below = set(company.below(wish["department"])) if wish.get("department") else None
    return (each for each in company.departments.values() if below is None or each.id in below | chosen)


def _roles(wish: Mapping[str, str], company: Company, chosen: set[str]) -> Sequence[Role]:
    return tuple(company.roles.values())


_SOURCES: Mapping[str, Any] = {"people": _people, "departments": _departments, "roles": _roles}


def _label(each: Person | Department | Role, company: Company, language: Language) -> str:
    """The name; people of the same name are told apart by their department."""
    name = _name(each, language)
    department = company.departments.get(each.department or "") if isinstance(each, Person) else None
    return f"{name} · {_name(department, language)}" if department else name


def _name(each: Person | Department | Role, language: Language) -> str:
    return each.name_en if language == "en" and each.name_en else each.name


def _below(values: Any, path: str) -> Any:
    """What stands at the path; for the rows of a list, what stands there in each row."""
    for step in path.split(".") if path else ():
        values = [row.get(step) for row in values if isinstance(row, Mapping)] if isinstance(values, list) else _get(values, step)
    return values


def _get(values: Any, step: str) -> Any:
    return values.get(step) if isinstance(values, Mapping) else None


def _chosen(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for each in value:
            yield from _chosen(each)
