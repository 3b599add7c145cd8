"""The work that completions are measured by: a chain of ten user tasks for a role, bare, and with a form of twelve fields.

The form has conditions, a table, a computed sum, and fields that its tasks may only read or not see at all, as shipped forms do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.definitions.deployments import File
from engine.facts.user_task_facts import Access

HERE = Path(__file__).parent
FORM_KEY = "bench/twelve"
FORM = File(f"{FORM_KEY}.form.json", (HERE / "twelve.form.json").read_bytes())

#: What a process begins with.
VARIABLES = {"customer": "c-1", "note": "a short text", "amount": 1234, "rate": 0.25, "urgent": True}

#: What somebody fills into the form: a table of three rows among it, one field is hidden by its condition.
FILLED_IN: Mapping[str, Any] = {
    "title": "办公用品采购",
    "kind": "goods",
    "cost": 12345.5,
    "pressing": "yes",
    "due": "2026-12-01",
    "phone": "0571-88886666",
    "email": "li.na@example.com",
    "agreed": True,
    "tags": ["a", "c"],
    "approver": "wang.wei",
    "items": [
        {"name": "打印纸", "price": 25.5, "count": 40},
        {"name": "墨盒", "price": 320, "count": 6},
        {"name": "赠品", "price": 0},
    ],
}
#: What the tasks may do with the form's variables, beside writing.
RIGHTS: Mapping[str, Access] = {"customer": "read", "note": "hidden"}
_RIGHTS = "".join(f'<liuzhuan:field name="{name}" access="{access}"/>' for name, access in RIGHTS.items())


@dataclass(frozen=True)
class Chain:
    """A process, the files it comes with, what each of its tasks is completed with."""

    key: str
    files: tuple[File, ...]
    completion: Mapping[str, Any]


def bare(role: str) -> Chain:
    return Chain("ten", (File("ten.bpmn", _model(role).encode()),), {"result": "ok"})


def with_form(role: str) -> Chain:
    model = _model(role).replace('id="ten', 'id="ten-with-form').replace("</extensionElements>", f"{_RIGHTS}</extensionElements>")
    model = model.replace("<userTask ", f'<userTask liuzhuan:form="{FORM_KEY}" ')
    return Chain("ten-with-form", (File("ten-with-form.bpmn", model.encode()), FORM), FILLED_IN)


def _model(role: str) -> str:
    return (HERE / "ten.bpmn").read_text().replace("ROLE", role)
