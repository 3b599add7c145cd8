"""Random forms with random conditions, limits and lists, and random submissions for them: mostly sensible, some hostile."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

Schema = dict[str, Any]

OPTIONS = ["a", "b", "c", "goods", "service", "yes", "no"]
LITERALS = ["1", '"a"', "true", "[]"]
PATTERNS = [
    r"^\+?[0-9][0-9() -]{5,18}[0-9]$", r"^[A-Z]{2}\d{4}$", r"\d+", r"^\w+$", r"^.{2,5}$", r"^(a|b|c)+$", r"[^a-z]", r"^\s*\S",
    r"^\p{L}+$", r"^[\u4e00-\u9fa5]{2,4}$", r"^(?<y>\d{4})-(?<m>\d\d)$", r"^(?!0)\d{3}$", r"a{,2}", r"^[\w.-]+@[\w-]+\.\w+$",
    r"^\/x$", r"^[^]$", r"x|y$", r"^(a+)+$", r"^(\w+\s?)*$", r"\d*\d*x", r"(\d+)-(\d+)", r"^[^@\s]+@[^@\s]+$",
    r"^([A-Z]{2,}\d*)+$", r"\bend\b", r"^a?a?a?b$", r"[\[\]\^-]",
]  # fmt: skip
HOSTILE: list[Any] = [
    None, True, False, 0, 1, -1, 0.1, 1.5, 1e21, 1e-7, 2**53 + 1, "", " ", "\t", "abc", "1", " 12 ", "0x10", "1e3", "1e400", "-0",
    "1_000", "١٢", "Infinity", "NaN", "null", [], ["a"], ["a", "a", 1], [None], {}, {"a": 1}, [[1]], [{}],
    "2026-02-31", "2026-10-05", "2026-1-5", "May-5-2026", "2026-10-05T10:00", "2026-10-05T25:00", "2026-10-05T10:00+08:00",
    "2026-10-05T10:00Z", "10:00", "9:5", "24:60", "10:00Z", "10:00+08:00", "10", "😀😀", "é", "a\nb", "x" * 60, "__proto__",
    "\ufeff a \ufeff", "a@b.cn", "+8613800000000", "x+8613800000000", "張三", "\x85a\x85", 10**16, -5.0, 3.0,
]  # fmt: skip
UNKNOWN = ["extra", "constructor", "__proto__", "f99", "toString"]
TEXTS = [
    "",
    "a",
    "b",
    "goods",
    "张三丰",
    "abcdef",
    "AB1234",
    "0571-88886666",
    "x@example.com",
    "+8613812345678",
    "  ab  ",
    "a text, of words",
]
NUMBERS = [0, 1, 2, 5, 10, 12.5, 0.1, 99.99, 3.333, -4, "7", "12.50", 1_000_000, None]
MOMENTS = {
    "date": ["2027-10-05", "2028-02-29"],
    "time": ["09:30", "10:00Z", "23:59+08:00"],
    "datetime": ["2027-10-05T10:00", "2027-01-31T23:59+08:00"],
}
#: Kinds of components, and how often each is drawn.
KINDS = {
    "textfield": 5, "textarea": 2, "number": 6, "checkbox": 2, "checklist": 1, "radio": 1, "select": 3, "taglist": 1,
    "datetime": 4, "filepicker": 0.5, "text": 0.5, "group": 1.2, "dynamiclist": 1.2, "expression": 1,
}  # fmt: skip


class Forms:
    """What is drawn depends on `random` alone."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._count = 0
        self._fields: list[tuple[str, str]] = []
        self._is_computing = random.random() < 0.3

    def form(self) -> Schema:
        return {"type": "default", "id": "form", "components": self._components(self._random.randint(1, 9), 0, is_row=False)}

    def known(self) -> dict[str, Any]:
        """Variables that no field has."""
        random = self._random
        options = ["a", {"value": "b", "label": "B"}, 3]
        return {"known1": random.choice([1, 5, None, "x"]), "known2": random.choice(["x", "y", None]), "opts": options}

    def submission(self, form: Schema, hostility: float) -> dict[str, Any]:
        """`hostility`: which part of its values is of any kind."""
        made: dict[str, Any] = {}
        self._fill(form["components"], made, hostility)
        if self._random.random() < hostility / 2:
            made[self._random.choice(UNKNOWN)] = self._random.choice(HOSTILE)
        return made

    def _one(self, *chances: tuple[float, Callable[[], Any]]) -> Any:
        return self._random.choices([each for _, each in chances], [chance for chance, _ in chances])[0]()

    # ------------------------------------------------------------------ components
    def _components(self, count: int, depth: int, *, is_row: bool) -> list[Schema]:
        return [self._component(depth, is_row=is_row) for _ in range(count)]

    def _component(self, depth: int, *, is_row: bool) -> Schema:
        self._count += 1
        random, key = self._random, f"f{self._count}"
        chances = dict(KINDS)
        if depth >= 2:
            chances["group"] = chances["dynamiclist"] = 0
        if not self._is_computing:
            chances["expression"] = 0
        kind = random.choices(list(chances), list(chances.values()))[0]
        made: Schema = {"type": kind, "id": f"id{self._count}"}
        if kind == "text":
            return made | {"text": "# {{f1}}"}
        made["label"] = f"栏{self._count}"
        if random.random() < 0.25 and (self._fields or is_row):
            made["conditional"] = {"hide": f"={self._boolean()}"}
        if kind == "group":
            path = {"path": key} if random.random() < 0.4 else {}
            return made | path | {"components": self._components(random.randint(1, 3), depth + 1, is_row=is_row)}
        if kind == "dynamiclist":
            repetitions = {"defaultRepetitions": random.randint(0, 2)} if random.random() < 0.5 else {}
            components = self._components(random.randint(1, 3), depth + 1, is_row=True)
            return made | {"path": key, "isRepeating": True, "components": components} | repetitions
        return self._field(made, key, is_row=is_row)

    def _field(self, made: Schema, key: str, *, is_row: bool) -> Schema:
        random, kind = self._random, made["type"]
        made["key"] = key if random.random() < 0.9 else f"o{self._count % 3}.{key}"
        self._fields.append((f"this.{made['key']}" if is_row else made["key"], kind))
        if kind == "expression":
            return made | {"expression": f"={self._number(2)}", "computeOn": "change"}
        if random.random() < 0.05:
            made["disabled"] = True
        if kind in ("checklist", "radio", "select", "taglist"):
            made |= self._options()
        if kind == "datetime":
            made["subtype"] = random.choice(["date", "date", "time", "datetime"])
        if kind == "number":
            made |= self._one(
                (3, dict),
                (3, lambda: {"decimalDigits": random.choice([0, 1, 2, 2])}),
                (1, lambda: {"increment": random.choice(["0.1", "5", 3])}),
                (0.5, lambda: {"serializeToString": True, "decimalDigits": 2}),
            )
        if random.random() < 0.08:
            made["defaultValue"] = self._good(made)
        if random.random() < 0.75:
            made["validate"] = self._validate(kind)
        return made

    def _options(self) -> Schema:
        odd: list[Any] = [{"value": 1, "label": "one"}, {"value": True, "label": "y"}, "a", {"label": "x"}, {"value": 2.5}]
        return self._one(  # type: ignore[no-any-return]
            (8, lambda: {"values": [{"value": each, "label": each.upper()} for each in self._random.sample(OPTIONS, 3)]}),
            (1, lambda: {"values": odd}),
            (1, lambda: {"valuesKey": "opts"}),
            (0.3, dict),
        )

    def _validate(self, kind: str) -> Schema:
        random, made = self._random, {}
        if random.random() < 0.5:
            made["required"] = True
        if kind == "number":
            for name in ("min", "max"):
                if random.random() < 0.4:
                    made[name] = self._one(
                        (4, lambda: random.choice([0, 1, 10, 2.5, "3", -1])), (1, lambda: f"={self._number(1)}")
                    )
        if kind in ("textfield", "textarea"):
            made |= self._validate_text()
        return made

    def _validate_text(self) -> Schema:
        random, made = self._random, Schema()
        for name in ("minLength", "maxLength"):
            if random.random() < 0.4:
                made[name] = self._one((5, lambda: random.choice([1, 2, 5, 10, "3"])), (1, lambda: f"={self._number(1)}"))
        if random.random() < 0.2:
            made["validationType"] = random.choice(["email", "phone", "custom"])
        if random.random() < 0.25:
            made["pattern"] = random.choice(PATTERNS)
            if random.random() < 0.5:
                made["patternErrorMessage"] = "格式不对。"
        return made

    # ------------------------------------------------------------------ expressions
    def _name(self, *kinds: str) -> str:
        found = [name for name, kind in self._fields if not kinds or kind in kinds]
        return self._random.choice(found) if found else "known1"

    def _number(self, depth: int) -> str:
        random = self._random
        nested = 2 if depth else 0
        return str(
            self._one(
                (3, lambda: random.choice([0, 1, 2, 5, 10, 0.5])),
                (4, lambda: self._name("number")),
                (1, lambda: "known1"),
                (nested, lambda: f"{self._number(depth - 1)} {random.choice('+-*/')} {self._number(depth - 1)}"),
                (nested / 4, lambda: f"if {self._boolean(0)} then {self._number(0)} else {self._number(0)}"),
                (0.3, lambda: f"string length({self._name('textfield')})"),
                (0.3, lambda: f"count({self._name('taglist', 'checklist')})"),
                (0.3, lambda: f"sum([{self._name('number')}, 1])"),
            )
        )

    def _boolean(self, depth: int = 2) -> str:
        random = self._random
        sign, equality = random.choice([">", "<", ">=", "<=", "=", "!="]), random.choice(["=", "!="])
        nested = 3 if depth else 0
        return str(
            self._one(
                (
                    5,
                    lambda: (
                        f'{self._name("select", "radio", "textfield")} {random.choice(["=", "!="])} "{random.choice(OPTIONS)}"'
                    ),
                ),
                (4, lambda: f"{self._name('number')} {sign} {self._number(0)}"),
                (2, lambda: f"{self._name()} {equality} null"),
                (1, lambda: f"{self._name('checkbox')} {random.choice(['= true', '!= true', '= false', ''])}".strip()),
                (1, lambda: f'{self._name("select", "textfield")} in ("a", "b")'),
                (0.5, lambda: f'list contains({self._name("taglist", "checklist")}, "a")'),
                (0.5, lambda: f'contains({self._name("textfield", "textarea")}, "a")'),
                (0.5, lambda: f'{self._name("datetime")} > "2027-06-01"'),
                (0.4, lambda: f"{self._name()} {equality} {random.choice(LITERALS)}"),
                (0.3, lambda: 'known2 = "x"'),
                (0.2, lambda: random.choice(["true", "false", "null", "f1", "f1, f2", "i[1] = 1", "-"])),
                (0.1, lambda: "some x in [1,2] satisfies x = f1"),
                (nested, lambda: f"{self._boolean(depth - 1)} {random.choice(['and', 'or'])} {self._boolean(depth - 1)}"),
                (nested * 2 / 3, lambda: f"not({self._boolean(depth - 1)})"),
            )
        )

    # ------------------------------------------------------------------ submissions
    def _fill(self, components: list[Schema], into: dict[str, Any], hostility: float) -> None:
        random = self._random
        for each in components:
            kind = each["type"]
            if kind == "text" or (random.random() < 0.12 and kind != "group"):
                continue
            if kind == "group":
                self._fill(each["components"], into.setdefault(each["path"], {}) if "path" in each else into, hostility)
            elif kind == "dynamiclist":
                is_hostile = random.random() < hostility / 3
                into[each["path"]] = random.choice(HOSTILE) if is_hostile else self._rows(each["components"], hostility)
            else:
                *path, key = each["key"].split(".")
                for step in path:
                    into_it = into.setdefault(step, {})
                (into_it if path else into)[key] = random.choice(HOSTILE) if random.random() < hostility else self._good(each)

    def _rows(self, components: list[Schema], hostility: float) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = [{} for _ in range(self._random.randint(0, 3))]
        for row in rows:
            self._fill(components, row, hostility)
        return rows

    def _good(self, each: Schema) -> Any:
        random, kind = self._random, each["type"]
        if kind in ("textfield", "textarea"):
            return random.choice(TEXTS)
        if kind in ("number", "expression"):
            return random.choice(NUMBERS)
        if kind == "checkbox":
            return random.random() < 0.5
        if kind == "datetime":
            return random.choice(MOMENTS[each["subtype"]])
        if kind == "filepicker":
            return random.choice([None, [{"id": "0", "name": "scan.pdf", "size": 5}]])
        values = [option.get("value") if isinstance(option, dict) else option for option in each.get("values", ["a", "b", 3])]
        return random.choice(values) if kind in ("radio", "select") else random.sample(values, random.randint(0, len(values)))
