"""The values of a form before it is judged: imported by its fields, computed where expressions say so, without what is hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NoReturn

from engine.facts.sentences import Sentence
from service.forms.judging.expressions import Scope
from service.forms.judging.nodes import ABSENT, Around, Field, Group, Node, Path, Rows, get, initial, is_dropped, put
from service.forms.judging.shape import MAX_ROWS
from service.forms.refusals import FormUnusable


def imported(nodes: Iterable[Node], around: Around, source: Any, values: dict[str, Any], left: int = MAX_ROWS) -> int:
    """Put into `values` what each field makes of `source`; lists get rows.

    At most `left` rows begin by themselves; answers how many of them are left then. Refuses with FormUnusable.
    """
    for node in nodes:
        if isinstance(node, Field):
            path = node.path
            found = source.get(path[0], ABSENT) if len(path) == 1 else get(source, path, ABSENT)
            put(values, path, initial(node, found, around))
        elif isinstance(node, Group):
            left = imported(node.children, around, source, values, left)
        else:
            rows = get(source, node.path)
            if type(rows) is not list:
                left -= node.repetitions
                rows = [{}] * node.repetitions if left >= 0 else _too_many()
            made: list[dict[str, Any]] = [dict(row) if type(row) is dict else {} for row in rows]
            put(values, node.path, made)
            for row, new in zip(rows, made, strict=True):
                left = imported(node.children, around, row if type(row) is dict else {}, new, left)
    return left


def _too_many() -> NoReturn:
    raise FormUnusable(why=Sentence("its lists begin with more than {most:,} rows.", most=MAX_ROWS))


def holds(nodes: Iterable[Node], name: str, value: Any, around: Around) -> bool:
    """Whether what has the name in the form can be this value, or can be empty."""
    for node in nodes:
        if isinstance(node, Group) and not node.path:
            if not holds(node.children, name, value, around):
                return False
        elif node.path[0] == name and value is not None:
            if isinstance(node, Rows) and len(node.path) == 1:
                return type(value) is list
            if not isinstance(node, Field) or len(node.path) > 1:
                return type(value) is dict
            return not is_dropped(value, initial(node, value, around), node.empty)
    return True


def compute(nodes: Iterable[Node], scope: Scope, values: Any) -> bool:
    """Set what is computed and not hidden; whether something changed by that."""
    changed = False
    for node in nodes:
        if node.hides is not None and node.hides(scope):
            continue
        if isinstance(node, Group):
            changed |= compute(node.children, scope, values)
        elif isinstance(node, Rows):
            for number, row in enumerate(get(values, node.path) or ()):
                changed |= compute(node.children, scope.row(row, number + 1), row)
        elif node.computes is not None:
            value = node.computes(scope)
            if value != get(values, node.path):
                put(values, node.path, value)
                changed = True
    return changed


def computing(nodes: Iterable[Node]) -> Iterator[Node]:
    """Those in which something is computed."""
    return (node for node in nodes if _computes(node))


def _computes(node: Node) -> bool:
    return node.computes is not None if isinstance(node, Field) else any(map(_computes, node.children))


def filtered(nodes: Iterable[Node]) -> Iterator[Node]:
    """Lists and what has a path, parts of which conditions hide: there expressions do not see what is hidden."""
    for node in nodes:
        if (isinstance(node, Rows) or len(node.path) > 1 or (isinstance(node, Group) and node.path)) and _may_hide(node):
            yield node
        elif isinstance(node, Group):
            yield from filtered(node.children)


def _may_hide(node: Node) -> bool:
    return node.hides is not None or (not isinstance(node, Field) and any(map(_may_hide, node.children)))


def without_hidden(nodes: Iterable[Node], values: Mapping[str, Any], scope: Scope) -> dict[str, Any]:
    """A copy without what conditions hide in the nodes."""
    visible = dict(values)
    for node in nodes:
        name = node.path[0]
        copy = {name: _copy(values.get(name))}
        _remove(node, copy, values, scope, is_hidden=False)
        if name in copy:
            visible[name] = copy[name]
    return visible


def _copy(value: Any) -> Any:
    if type(value) is dict:
        return {key: _copy(each) for key, each in value.items()}
    return [_copy(each) for each in value] if type(value) is list else value


def _remove(node: Node, visible: Any, values: Any, scope: Scope, *, is_hidden: bool) -> None:
    is_hidden = is_hidden or (node.hides is not None and node.hides(scope))
    if isinstance(node, Group):
        for child in node.children:
            _remove(child, visible, values, scope, is_hidden=is_hidden)
    elif is_hidden:
        _clear(visible, node.path)
    elif isinstance(node, Rows):
        rows, shown = get(values, node.path), get(visible, node.path)
        for number, row in enumerate(rows if type(rows) is list else ()):
            for child in node.children:
                _remove(child, shown[number], row, scope.row(row, number + 1), is_hidden=False)


def _clear(values: Any, path: Path) -> None:
    """Take away the value, and what becomes empty around it."""
    for end in range(len(path), 0, -1):
        owner = get(values, path[: end - 1])
        if type(owner) is not dict:
            return
        owner.pop(path[end - 1], None)
        if owner:
            return
