"""What assignment asks about the company; service.identity answers it, tests answer it with a small table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who can be given work. `superior` is the id of the direct superior (直接上级)."""

    id: str
    name: str
    name_en: str = ""
    department: str | None = None
    superior: str | None = None
    is_active: bool = True
    #: Whether they may do what they are given.
    may_work: bool = True

    @property
    def works(self) -> bool:
        """Whether a task may be given to them: they are here, and have the right to work."""
        return self.is_active and self.may_work


@dataclass(frozen=True, slots=True)
class Department:
    """One node of the department tree; the root has no parent. `head` is a person's id."""

    id: str
    name: str
    name_en: str = ""
    parent: str | None = None
    head: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """What people are in the company, apart from their department."""

    id: str
    name: str
    name_en: str = ""


class Directory(Protocol):
    """A snapshot of the company: the same question has the same answer as long as the snapshot is held."""

    def find_person(self, id: str) -> Person | None: ...

    def find_department(self, id: str) -> Department | None: ...

    def find_role(self, id_or_name: str) -> Role | None: ...

    def holders(self, role: str, department: str | None = None) -> tuple[str, ...]:
        """Ids of the active people who hold the role, anywhere or in just this department."""
        ...

    def people_named(self, text: str) -> tuple[str, ...]:
        """Ids of all people, also those who have left, with the text in their name, English name or id."""
        ...
