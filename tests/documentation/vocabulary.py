"""The tables of docs/modelling that list our own vocabulary, out of its declarations. `python -m tests.documentation.vocabulary`
writes them anew into both pages, between the marks `<!-- table: NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from engine.assignment import STRATEGIES
from engine.connectors import Connector
from engine.facts.declarations import Entry, Kind, Said
from engine.vocabulary.models import MODELS
from engine.vocabulary.processes import PROCESS, SUMMARY
from engine.vocabulary.table import PREFIX, Element
from engine.vocabulary.texts import DESCRIBED, INPUT, OUTPUT
from engine.vocabulary.user_tasks import MANUAL_TASK, USER_TASK
from installation.checkout import ROOT
from service.connectors import connectors
from service.settings import Settings

PAGES: Mapping[str, Path] = {"en": ROOT / "docs" / "modelling.md", "zh": ROOT / "docs" / "modelling.zh.md"}
BLOCK = re.compile(r"(?<=<!-- table: )([\w-]+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)

NAME, VALUE, MEANING = Said("name", "名称"), Said("value", "值"), Said("meaning", "含义")
STRATEGY, CONNECTOR, FINDS = Said("strategy", "策略"), Said("connector", "连接器"), Said("finds", "找到")
PARAMETER, INPUT_NAME, ELEMENTS = Said("parameter", "参数"), Said("input", "输入"), Said("at", "位置")
DEFAULT, REQUIRED = Said("default", "默认"), Said("required", "必填")
OR_FEEL, SEVERAL = Said(" or FEEL", "或 FEEL"), Said(", several with commas", "，多个以逗号分隔")
SECRETS = Said("may hold secrets", "可含密钥")
FROM_TO = Said("whole number, {} to {}", "整数，{} 至 {}")
NOTES = Said(" ({})", "（{}）")
ACTIVITIES = {
    *("task", "userTask", "manualTask", "serviceTask", "sendTask", "receiveTask", "scriptTask", "businessRuleTask"),
    *("subProcess", "transaction", "adHocSubProcess", "callActivity"),
}
ANY_ACTIVITY = Said("any task, sub-process or call activity", "任何任务、子流程、调用活动")
FLOW_NODES = Said("process, any flow node", "流程、任何流程节点")
DRAWN = Said("process, anything that is drawn", "流程、图上的任何东西")

Row = Sequence[str]


def written(page: str, language: str) -> str:
    """The page with every table as the declarations have it."""
    return BLOCK.sub(lambda block: f"{block[1]}{block[2]}{TABLES[block[1]](language)}\n", page)


# ---------------------------------------------------------------------- tables
def _everywhere(language: str) -> str:
    where = (DRAWN.in_(language), FLOW_NODES.in_(language))
    rows = [(place, *_row(f"`{PREFIX}{entry.name}`", entry, language)) for place, entry in zip(where, DESCRIBED, strict=True)]
    return _table((ELEMENTS, NAME, VALUE, MEANING), rows, language)


def _of(element: Element) -> Callable[[str], str]:
    def table(language: str) -> str:
        return _table((NAME, VALUE, MEANING), list(_rows(element, language)), language)

    return table


def _rows(element: Element, language: str) -> Iterable[Row]:
    for entry in element.attributes:
        if entry not in DESCRIBED:
            yield _row(f"`{PREFIX}{entry.name}`", entry, language)
    for child in element.children:
        if child not in (INPUT, OUTPUT):
            yield f"`<{child.title}/>`", "", child.help.in_(language)
            if element is PROCESS or child is not SUMMARY:
                yield from (_row(f"`<{child.title} {entry.name}=/>`", entry, language) for entry in child.attributes)


def _elsewhere(language: str) -> str:
    """Of all elements that have no table of their own, by name."""
    places: dict[Entry | Element, list[str]] = {}
    for element in MODELS.values():
        if element not in (PROCESS, USER_TASK, MANUAL_TASK):
            names: tuple[Entry | Element, ...] = (*element.attributes, *element.children)
            for name in names:
                if name not in (*DESCRIBED, INPUT, OUTPUT):
                    places.setdefault(name, []).append(f"`{element.tag}`")
    rows: list[Row] = []
    for name, tags in places.items():
        if isinstance(name, Entry):
            rows.append((", ".join(tags), *_row(f"`{PREFIX}{name.name}`", name, language)))
        else:
            rows.append((", ".join(tags), f"`<{name.title}/>`", "", name.help.in_(language)))
            rows += [("", *_row(f"`<{name.title} {entry.name}=/>`", entry, language)) for entry in name.attributes]
    return _table((ELEMENTS, NAME, VALUE, MEANING), rows, language)


def _data(language: str) -> str:
    rows: list[Row] = []
    for child in (INPUT, OUTPUT):
        tags = {each.tag for each in MODELS.values() if child in each.children}
        assert tags > ACTIVITIES
        where = ", ".join((ANY_ACTIVITY.in_(language), *(f"`{tag}`" for tag in sorted(tags - ACTIVITIES))))
        rows.append((where, f"`<{child.title} name= value=/>`", child.help.in_(language)))
    return _table((ELEMENTS, NAME, MEANING), rows, language)


def _strategies(language: str) -> str:
    rows: list[Row] = []
    for strategy in STRATEGIES.values():
        rows.append((f"`{strategy.name}`", "", "", strategy.help.in_(language)))
        rows += [("", *_row(f"`{entry.name}`", entry, language)) for entry in strategy.parameters]
    return _table((STRATEGY, PARAMETER, VALUE, FINDS), rows, language)


def _connectors(language: str) -> str:
    rows: list[Row] = []
    built_in: Mapping[str, Connector] = connectors(Settings())
    for connector in built_in.values():
        rows.append((f"`{connector.name}`", "", "", connector.help.in_(language)))
        rows += [("", *_row(f"`{entry.name}`", entry, language)) for entry in connector.parameters]
    return _table((CONNECTOR, INPUT_NAME, VALUE, MEANING), rows, language)


TABLES: Mapping[str, Callable[[str], str]] = {
    "everywhere": _everywhere,
    "process": _of(PROCESS),
    "user-task": _of(USER_TASK),
    "strategies": _strategies,
    "connectors": _connectors,
    "elsewhere": _elsewhere,
    "data": _data,
}


# ---------------------------------------------------------------------- rows
def _table(heads: Sequence[Said], rows: Sequence[Row], language: str) -> str:
    lines: list[Row] = [[head.in_(language) for head in heads], ["---"] * len(heads), *rows]
    return "\n".join("|" + "|".join(f" {cell} " if cell else " " for cell in line) + "|" for line in lines)


def _row(name: str, entry: Entry, language: str) -> Row:
    return name, _value(entry, language), entry.help.in_(language)


def _value(entry: Entry, language: str) -> str:
    """What may be written, and what holds when nothing is."""
    if entry.kind is Kind.CHOICE and entry.choices == STRATEGIES.keys():
        value = STRATEGY.in_(language)
    elif entry.kind is Kind.CHOICE:
        value = ", ".join(f"`{each}`" for each in entry.choices)
    elif entry.kind is Kind.NUMBER and entry.limits[1] < 2**31 - 1:
        value = FROM_TO.in_(language).format(*(f"{limit:,}" for limit in entry.limits))
    else:
        value = entry.kind.value.in_(language)
    value += SEVERAL.in_(language) if entry.is_list else ""
    value += OR_FEEL.in_(language) if entry.takes_feel else ""
    notes = [REQUIRED.in_(language)] if entry.is_required else []
    notes += [SECRETS.in_(language)] if entry.takes_secrets else []
    notes += [f"{DEFAULT.in_(language)} `{entry.default}`"] if entry.default else []
    return value + (NOTES.in_(language).format(", ".join(notes)) if notes else "")


if __name__ == "__main__":
    for language, path in PAGES.items():
        path.write_text(written(path.read_text(encoding="utf-8"), language), encoding="utf-8")
