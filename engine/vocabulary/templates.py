"""Templates for Camunda Modeler: our names in its properties panel, by the format of its element templates
(https://unpkg.com/@camunda/element-templates-json-schema).

A template writes attributes of the element it is applied to, and inputs as that product writes them; both are read. It declares
our namespace on the element, because the file may not have it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from engine.assignment import STRATEGIES
from engine.facts.declarations import Entry, Kind, Said
from engine.vocabulary.models import MODELS
from engine.vocabulary.table import LIUZHUAN, PREFIX, Choosable, Element
from engine.vocabulary.user_tasks import MANUAL_TASK, STRATEGY_OF_TASK, USER_TASK
from engine.vocabulary.work import CONNECTOR_OF_TASK, SEND_TASK, SERVICE_TASK, TOPIC

SCHEMA = "https://unpkg.com/@camunda/element-templates-json-schema/resources/schema.json"

#: Elements that nobody can select in a diagram.
_UNSEEN = ("message", "multiInstanceLoopCharacteristics")
_OURS, _INPUTS = "liuzhuan", "liuzhuan-inputs"
_GROUPS = {_OURS: Said("Liuzhuan", "流转"), _INPUTS: Said("What is handed over", "交给它的内容")}
_NOTHING = Said("(as usual)", "（默认）")
_A_NUMBER = Said("a whole number from {} to {}", "{} 到 {} 的整数")
_OR_FEEL = Said("{}, or = and FEEL", "{}，或以 = 开头的 FEEL")

_ASSIGNED_IN_XML = Said("who gets the task is written in the XML", "任务交给谁写在 XML 里")
_TASKS, _WORK = (USER_TASK, MANUAL_TASK), (SERVICE_TASK, SEND_TASK)

Json = dict[str, Any]


def element_templates(language: str, connectors: Mapping[str, Choosable]) -> list[Json]:
    """All of them, in the language `zh` or `en`: one for each strategy and connector, one for each other kind of element."""
    return [
        *_user_tasks(language),
        *_connectors(language, connectors),
        _template(language, "topic", TOPIC.help, _WORK, _without(SERVICE_TASK, CONNECTOR_OF_TASK)),
        *_others(language),
    ]


# ---------------------------------------------------------------------- which there are
def _user_tasks(language: str) -> Iterator[Json]:
    entries = _without(USER_TASK, STRATEGY_OF_TASK)
    yield _template(language, "user-task", _ASSIGNED_IN_XML, _TASKS, entries)
    for strategy in STRATEGIES.values():
        chosen = _hidden(PREFIX + STRATEGY_OF_TASK.name, strategy.name)
        template = _template(language, f"user-task.{strategy.name}", strategy.help, _TASKS, [*strategy.parameters, *entries])
        template["properties"].insert(1, chosen)
        yield template


def _connectors(language: str, connectors: Mapping[str, Choosable]) -> Iterator[Json]:
    entries = _without(SERVICE_TASK, CONNECTOR_OF_TASK, TOPIC)
    for name, connector in connectors.items():
        template = _template(language, f"connector.{name}", connector.help, _WORK, entries)
        inputs = [
            _property(language, entry, {"type": "camunda:inputParameter", "name": entry.name}) for entry in connector.parameters
        ]
        template["properties"][1:1] = [_hidden(PREFIX + CONNECTOR_OF_TASK.name, name), *inputs]
        yield template


def _others(language: str) -> Iterator[Json]:
    """Elements with the same names share a template."""
    alike: defaultdict[tuple[Entry, ...], list[Element]] = defaultdict(list)
    for element in MODELS.values():
        if element not in (*_TASKS, *_WORK) and not element.tag.endswith("Definition") and element.tag not in _UNSEEN:
            alike[element.attributes].append(element)
    for entries, elements in alike.items():
        names = ", ".join(entry.name for entry in entries)
        yield _template(language, elements[0].tag, Said(names, names), elements, entries)


def _without(element: Element, *left_out: Entry) -> list[Entry]:
    return [entry for entry in element.attributes if entry not in left_out]


# ---------------------------------------------------------------------- how one is written
def _template(language: str, id: str, help: Said, elements: Iterable[Element], entries: Iterable[Entry]) -> Json:
    properties = [_property(language, entry, {"type": "property", "name": PREFIX + entry.name}) for entry in entries]
    return {
        "$schema": SCHEMA,
        "name": f"{_GROUPS[_OURS].in_(language)}: {id}",
        "id": f"liuzhuan.{id}",
        "description": help.in_(language),
        "appliesTo": [_type(element) for element in elements],
        "groups": [{"id": group, "label": label.in_(language)} for group, label in _GROUPS.items()],
        "entriesVisible": True,
        "properties": [_hidden(f"xmlns:{PREFIX[:-1]}", LIUZHUAN), *properties],
    }


def _type(element: Element) -> str:
    return f"bpmn:{element.tag[0].upper()}{element.tag[1:]}"


def _hidden(name: str, value: str) -> Json:
    return {"type": "Hidden", "value": value, "binding": {"type": "property", "name": name}}


def _property(language: str, entry: Entry, binding: Json) -> Json:
    is_input = binding["type"] != "property"
    found: Json = {
        "label": entry.name,
        "description": entry.help.in_(language),
        "type": "String",
        "group": _INPUTS if is_input else _OURS,
        "binding": binding,
    }
    if entry.kind is Kind.CHOICE and not entry.takes_feel:
        found |= {"type": "Dropdown", "choices": list(_choices(language, entry))}
    constraints: Json = {"notEmpty": True} if entry.is_required else {}
    if entry.kind is Kind.NUMBER:
        constraints["pattern"] = _pattern(language, entry)
    return {**found, "constraints": constraints} if constraints else found


def _choices(language: str, entry: Entry) -> Iterator[Json]:
    """The first one stands for no attribute at all."""
    yield {"name": _NOTHING.in_(language), "value": ""}
    yield from ({"name": choice, "value": choice} for choice in entry.choices)


def _pattern(language: str, entry: Entry) -> Json:
    message = _A_NUMBER.in_(language).format(*(f"{limit:,}" for limit in entry.limits))
    if entry.takes_feel:
        return {"value": "^(-?[0-9]+|=.*)?$", "message": _OR_FEEL.in_(language).format(message)}
    return {"value": "^(-?[0-9]+)?$", "message": message}
