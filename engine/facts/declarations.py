"""How a name of our own vocabulary is declared: an attribute of an element, a parameter of an assignment strategy, an input of a
connector. One declaration says what is read, what is refused, and what documents and templates for editors show.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

_WHOLE = re.compile(r"-?[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Said:
    """One text in both languages."""

    english: str
    chinese: str

    def in_(self, language: str) -> str:
        """`zh` or `en`."""
        return self.chinese if language == "zh" else self.english


class Kind(Enum):
    """What a value is, in words; those that name something else are references to it."""

    TEXT = Said("text", "文字")
    VALUE = Said("any value", "任意值")
    CONTEXT = Said("context", "上下文")
    VARIABLE = Said("name of a variable", "变量名")
    EXPRESSION = Said("FEEL", "FEEL")
    MOMENT = Said("duration or moment", "时长或时刻")
    NUMBER = Said("whole number", "整数")
    CHOICE = Said("choice", "选项")
    FORM = Said("key of a form", "表单的键")
    DECISION = Said("id of a decision", "决策 id")
    CONNECTOR = Said("name of a connector", "连接器名称")
    ROLE = Said("id of a role", "角色 id")
    DEPARTMENT = Said("id of a department", "部门 id")
    PERSON = Said("id of a person", "人员 id")
    STEP = Said("id of a user task", "用户任务 id")


@dataclass(frozen=True, slots=True)
class Entry:
    """One name with one value.

    `takes_feel`: a value that begins with `=` is an expression. `choices` are all that a CHOICE allows, `limits` the least and
    the most of a NUMBER; both hold for what is no expression. `is_list`: several values, separated by commas. `takes_secrets`:
    an input whose texts may refer to secrets, because nobody but the receiver gets to see them. `is_address`: it says which
    host is reached, which is no secret.
    """

    name: str
    help: Said
    kind: Kind = Kind.TEXT
    default: str = ""
    choices: Collection[str] = ()
    limits: tuple[int, int] = (0, 0)
    is_required: bool = False
    takes_feel: bool = False
    is_list: bool = False
    takes_secrets: bool = False
    is_address: bool = False

    def is_expression(self, value: str) -> bool:
        """FEEL, or `${…}`, which is translated to it."""
        return self.kind is Kind.EXPRESSION or (self.takes_feel and (value.startswith("=") or "${" in value or "#{" in value))

    def allows(self, value: str) -> bool:
        """Whether the value, as it is written, is one that this name may have."""
        if self.is_expression(value):
            return True
        if self.kind is Kind.CHOICE:
            return value in self.choices
        return self.kind is not Kind.NUMBER or self._is_within(value)

    def _is_within(self, value: str) -> bool:
        least, most = self.limits
        return bool(_WHOLE.fullmatch(value)) and least <= int(value) <= most
