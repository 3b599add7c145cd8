"""BPMN in short lines, for tests.

start s                      one element each line: kind, id, then key=value (quoted as in a shell) or a bare flag
user u name="Check it"
boundary b on=u timer=PT1H   events: message= signal= timer= error= escalation= condition= link= compensate cancel terminate
xor g
s -> u -> g                  sequence flows; the condition of the last one after a colon, or the word default
g -> yes : amount > 10
g -> no : default
b ~> undo                    an association
sub inner {                  sub-processes contain lines until the closing brace
}
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

TAGS = {
    "start": "startEvent", "end": "endEvent", "catch": "intermediateCatchEvent", "throw": "intermediateThrowEvent",
    "boundary": "boundaryEvent", "xor": "exclusiveGateway", "and": "parallelGateway", "or": "inclusiveGateway",
    "complex": "complexGateway", "wait": "eventBasedGateway", "task": "task", "user": "userTask", "manual": "manualTask",
    "service": "serviceTask", "send": "sendTask", "receive": "receiveTask", "script": "scriptTask", "rule": "businessRuleTask",
    "call": "callActivity", "sub": "subProcess", "transaction": "transaction", "adhoc": "adHocSubProcess", "on": "subProcess",
}  # fmt: skip

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:liuzhuan="urn:liuzhuan:bpmn:1" '
    'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" '
    'xmlns:flowable="http://flowable.org/bpmn" xmlns:activiti="http://activiti.org/bpmn" '
    'xmlns:spiffworkflow="http://spiffworkflow.org/bpmn/schema/1.0/core"'
)

#: Keys that become attributes of the element as they are.
ATTRIBUTES = {
    "name", "on", "default", "calledElement", "scriptFormat", "parallelMultiple", "instantiate", "startQuantity",
    "completionQuantity", "ordering", "eventGatewayType", "cancelRemainingInstances", "isForCompensation",
}  # fmt: skip
EVENTS = ("message", "signal", "timer", "error", "escalation", "condition", "link", "compensate", "cancel", "terminate")
NAMED = ("message", "signal", "error", "escalation")


def bpmn(lines: str, id: str = "p", **process: str) -> bytes:
    """A file with one process; keyword arguments are attributes of it, `process_title=` for liuzhuan:title."""
    writer = _Writer()
    body = "\n".join(writer.scope(iter(lines.strip().splitlines())))
    attributes = "".join(f" {name.replace('_', ':', 1)}={quoteattr(value)}" for name, value in process.items())
    roots = "".join(writer.roots.values())
    return (
        f'<definitions {NAMESPACES} id="definitions" targetNamespace="urn:test">{roots}'
        f'<process id="{id}" isExecutable="true"{attributes}>\n{body}\n</process></definitions>'
    ).encode()


def changed(lines: str, *changes: tuple[str, str]) -> bytes:
    """The file with some of its text replaced, for what the short lines cannot say."""
    xml = bpmn(lines).decode()
    for old, new in changes:
        if old not in xml:
            raise AssertionError(f"{old} is not in the file")
        xml = xml.replace(old, new)
    return xml.encode()


class _Writer:
    def __init__(self) -> None:
        self.roots: dict[str, str] = {}
        self.flows = 0

    def scope(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            line = line.strip()
            if line == "}":
                return
            if "~>" in line:
                source, _, target = line.partition(" ~> ")
                yield f'<association id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'
                continue
            if "->" in line:
                yield from self._flows(line)
            elif line:
                yield self._element(line, lines)

    def _flows(self, line: str) -> Iterator[str]:
        path, _, condition = line.partition(" : ")
        ids = [each.strip() for each in path.split("->")]
        for index, (source, target) in enumerate(pairwise(ids)):
            is_last = index == len(ids) - 2
            yield self._flow(source, target, condition.strip() if is_last else "")

    def _flow(self, source: str, target: str, condition: str) -> str:
        self.flows += 1
        inside = ""
        if condition and condition != "default":
            inside = f"<conditionExpression>{escape(condition)}</conditionExpression>"
        id = f"{source}_{target}" if condition != "default" else f"{source}_default"
        return f'<sequenceFlow id="{id}" sourceRef="{source}" targetRef="{target}">{inside}</sequenceFlow>'

    def _element(self, line: str, lines: Iterator[str]) -> str:
        kind, id, *words = shlex.split(line)
        has_body = bool(words) and words[-1] == "{"
        options: dict[str, Any] = {}
        for word in words[: -1 if has_body else None]:
            key, equals, value = word.partition("=")
            options[key] = value if equals else True
        attributes = [f"id={quoteattr(id)}", *self._attributes(kind, options)]
        inside = [*self._extensions(options), *self._children(kind, options)]
        if has_body:
            inside += self.scope(lines)
        tag = TAGS[kind]
        return f"<{tag} {' '.join(attributes)}>{''.join(inside)}</{tag}>"

    def _attributes(self, kind: str, options: dict[str, Any]) -> Iterator[str]:
        if kind == "on":
            yield 'triggeredByEvent="true"'
        if "nonInterrupting" in options:
            yield 'isInterrupting="false"' if kind == "start" else 'cancelActivity="false"'
        for key, value in options.items():
            if key in ATTRIBUTES or ":" in key:
                yield f"{'attachedToRef' if key == 'on' else key}={quoteattr(str(value))}"
        if kind in ("send", "receive") and "message" in options:
            yield f"messageRef={quoteattr(self._root('message', options['message']))}"

    @staticmethod
    def _extensions(options: dict[str, Any]) -> Iterator[str]:
        inside = str(options.get("ext", ""))
        for way in ("in", "out"):
            for key, value in options.items():
                if key.startswith(f"{way}."):
                    inside += f"<liuzhuan:{way}put name={quoteattr(key.partition('.')[2])} value={quoteattr(value)}/>"
        if "connector" in options:
            inside += f"<liuzhuan:connector name={quoteattr(options['connector'])}/>"
        if inside:
            yield f"<extensionElements>{inside}</extensionElements>"

    def _children(self, kind: str, options: dict[str, Any]) -> Iterator[str]:
        for key, value in options.items():
            event = key.rstrip("0123456789")
            if event in EVENTS and kind not in ("send", "receive"):
                yield self._definition(event, value)
        if "script" in options:
            yield f"<script>{escape(options['script'])}</script>"
        if "activation" in options:
            yield f"<activationCondition>{escape(options['activation'])}</activationCondition>"
        yield from self._loops(options)
        if "completion" in options:
            yield f"<completionCondition>{escape(options['completion'])}</completionCondition>"

    @staticmethod
    def _loops(options: dict[str, Any]) -> Iterator[str]:
        if "loop" in options or "loopMaximum" in options:
            maximum = f' loopMaximum="{options["loopMaximum"]}"' if "loopMaximum" in options else ""
            before = ' testBefore="true"' if "testBefore" in options else ""
            condition = f"<loopCondition>{escape(options['loop'])}</loopCondition>" if "loop" in options else ""
            yield f"<standardLoopCharacteristics{maximum}{before}>{condition}</standardLoopCharacteristics>"
        if "each" in options or "times" in options:
            names = {"each": "collection", "as": "element", "collect": "outputCollection", "outputElement": "outputElement"}
            attributes = "".join(f" liuzhuan:{names[key]}={quoteattr(options[key])}" for key in names if key in options)
            if "sequential" in options:
                attributes += ' isSequential="true"'
            inside = f"<loopCardinality>{options['times']}</loopCardinality>" if "times" in options else ""
            if "until" in options:
                inside += f"<completionCondition>{escape(options['until'])}</completionCondition>"
            inside += str(options.get("mi", ""))
            yield f"<multiInstanceLoopCharacteristics{attributes}>{inside}</multiInstanceLoopCharacteristics>"

    def _definition(self, event: str, value: Any) -> str:
        if event in NAMED:
            reference = "" if value is True else f' {event}Ref="{self._root(event, value)}"'
            return f"<{event}EventDefinition{reference}/>"
        if event == "timer":
            tag = "timeCycle" if value.startswith("R") else "timeDuration" if value.startswith("P") else "timeDate"
            return f"<timerEventDefinition><{tag}>{escape(value)}</{tag}></timerEventDefinition>"
        if event == "condition":
            return f"<conditionalEventDefinition><condition>{escape(value)}</condition></conditionalEventDefinition>"
        if event == "compensate":
            activity = "" if value is True else f' activityRef="{value}"'
            return f"<compensateEventDefinition{activity}/>"
        name = f" name={quoteattr(value)}" if value is not True else ""
        return f"<{event}EventDefinition{name}/>"

    def _root(self, event: str, value: str) -> str:
        """A message `name/key` has a correlation key."""
        name, _, key = value.partition("/")
        id = f"{event}_{name}"
        attributes = f' liuzhuan:correlationKey="={key}"' if key else ""
        if event in ("error", "escalation"):
            attributes = f' {event}Code="{name}"'
        self.roots[id] = f'<{event} id="{id}" name="{name}"{attributes}/>'
        return id
