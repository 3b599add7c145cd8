"""Closures of names and paths: the hot path of every condition."""

from __future__ import annotations

from typing import Any

from engine.facts.sentences import Sentence
from engine.feel import tree
from engine.feel.builtins.registry import BUILT_INS
from engine.feel.closures import Code, Scope, frame_at, place_of
from engine.feel.compile_shortcuts import shorter_path
from engine.feel.compile_values import Compile
from engine.feel.frames import MISSING, AnyFrame
from engine.feel.ranges import Range
from engine.feel.temporal.properties import PROPERTIES
from engine.feel.values import FEEL_TYPES, items_of, kind_said, value_of


def compile_name(node: tree.Name, scope: Scope | None, compile_node: Compile) -> Code:
    """A variable: of a frame around it, of the item a filter looks at, or of the host."""
    place = place_of(node.name, scope)
    certain = _host_name(node) if place.certain is None else _frame_name(node.name, place.certain)
    if place.possible:
        return _possible_name(node.name, place.possible, certain)
    return certain


def _host_name(node: tree.Name) -> Code:
    name, position = node.name, node.position
    fallback = BUILT_INS.get(name)

    def read(frame: AnyFrame) -> Any:
        value = frame.host.get(name, MISSING)
        if type(value) in FEEL_TYPES:
            return value
        if value is not MISSING:
            return value_of(value)
        if fallback is not None:
            return fallback
        frame.evaluation.note_missing(position, name)
        return None

    return read


def _frame_name(name: str, depth: int) -> Code:
    if depth == 0:
        return lambda frame: value_of(frame.names[name])
    return lambda frame: value_of(frame_at(frame, depth).names[name])


def _possible_name(name: str, depths: tuple[int, ...], certain: Code) -> Code:
    """Read inside a filter: an entry of the item comes first, `item` itself next, the scopes around the filter last."""
    is_item = name == "item"
    if depths == (0,) and not is_item:
        return _entry_of_item(name, certain)

    def read(frame: AnyFrame) -> Any:
        for depth in depths:
            around = frame_at(frame, depth)
            if name in around.names:
                return value_of(around.names[name])
            if is_item:
                return around.item
        return certain(frame)

    return read


def _entry_of_item(name: str, certain: Code) -> Code:
    """The usual case: a name right inside one filter."""

    def read(frame: AnyFrame) -> Any:
        names = frame.names
        return value_of(names[name]) if name in names else certain(frame)

    return read


def compile_path(node: tree.Path, scope: Scope | None, compile_node: Compile) -> Code:
    """`source.name`."""
    source, name, position = compile_node(node.source, scope), node.name, node.position

    def read(frame: AnyFrame) -> Any:
        value = source(frame)
        if type(value) is dict:
            found = value.get(name, MISSING)
            if type(found) in FEEL_TYPES:
                return found
            if found is not MISSING:
                return value_of(found)
        return _property(frame, value, name, position)

    return shorter_path(node, scope, read)


def _property(frame: AnyFrame, value: Any, name: str, position: int) -> Any:
    """What has no such entry: a list gives the property of each item, a temporal or range its own."""
    if type(value) is list:
        frame.evaluation.spend(len(value))
        return [_property_of_item(frame, item, name, position) for item in items_of(value)]
    if type(value) is Range:
        return _range_property(frame, value, name, position)
    read = PROPERTIES.get(type(value), {}).get(name)
    if read is not None:
        return read(value)
    return _no_property(frame, value, name, position)


def _no_property(frame: AnyFrame, value: Any, name: str, position: int) -> None:
    frame.evaluation.note(position, Sentence("{kind} has no “{name}”", kind=kind_said(value), name=name))


def _property_of_item(frame: AnyFrame, item: Any, name: str, position: int) -> Any:
    if type(item) is dict:
        if name in item:
            return value_of(item[name])
        return _no_property(frame, item, name, position)
    return _property(frame, item, name, position)


def _range_property(frame: AnyFrame, range_: Range, name: str, position: int) -> Any:
    if name == "start":
        return range_.start
    if name == "end":
        return range_.end
    if name == "start included":
        return range_.is_start_included
    if name == "end included":
        return range_.is_end_included
    return _no_property(frame, range_, name, position)
