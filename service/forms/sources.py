"""Pickers of people, departments and roles: a choice in a form whose options the server fills in, and later checks.

A component says `"properties": {"source": "people" | "departments" | "roles", "role": "", "department": ""}`; its values are ids.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from engine.assignment.directory import Department, Person, Role
from service.forms.localisation import Language, Schema

Option = dict[str, str]
#: What a component's properties say of its picker.
Wish = Mapping[str, str]
Test = Callable[[Any], bool]


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


def options(wish: Wish, company: Company, language: Language, chosen: set[str]) -> list[Option]:
    """What can be chosen, in the order of the company file; then what was chosen and is no longer there."""
    source = _SOURCES[wish["source"]]
    fits = source.test(wish, company)
    found = [each for each in source.all(company) if each.id in chosen or fits(each.id)]
    known = [{"value": each.id, "label": _label(each, company, language)} for each in found]
    return [*known, *({"value": id, "label": id} for id in sorted(chosen - {each.id for each in found}) if id)]


def accepting(wish: Wish, path: str) -> Callable[[Company, Any], Test] | None:
    """Which values a picker at `path` takes, without a list of all: asked of the company and of the values from before.

    None when the wish is for nothing that a company has.
    """
    source = _SOURCES.get(wish.get("source", ""))
    if source is None:
        return None

    def tested(company: Company, values: Any) -> Test:
        def accepts(value: Any) -> bool:
            if type(value) is not str:
                return False
            return source.test(wish, company)(value) or value in _chosen(_below(values, path))

        return accepts

    return tested


def _people(wish: Wish, company: Company) -> Test:
    """Active people; with a role or a department only theirs, the departments below included."""
    holders = frozenset(company.holders(wish["role"])) if wish.get("role") else None
    departments = frozenset(company.below(wish["department"])) if wish.get("department") else None

    def fits(id: str) -> bool:
        member = company.members.get(id)
        if member is None or not member.person.is_active or (holders is not None and id not in holders):
            return False
        return departments is None or member.person.department in departments

    return fits


def _departments(wish: Wish, company: Company) -> Test:
    below = frozenset(company.below(wish["department"])) if wish.get("department") else company.departments
    return lambda id: id in below and id in company.departments


def _roles(_wish: Wish, company: Company) -> Test:
    return lambda id: id in company.roles


@dataclass(frozen=True, slots=True)
class _Source:
    """All that a company has of a kind, and which of them a wish means, by their ids."""

    all: Callable[[Company], Iterable[Person | Department | Role]]
    test: Callable[[Wish, Company], Test]


_SOURCES: Mapping[str, _Source] = {
    "people": _Source(lambda company: (member.person for member in company.members.values()), _people),
    "departments": _Source(lambda company: company.departments.values(), _departments),
    "roles": _Source(lambda company: company.roles.values(), _roles),
}


#: What `properties.source` may be.
KINDS = tuple(_SOURCES)


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
