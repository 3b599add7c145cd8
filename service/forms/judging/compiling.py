"""A form-js schema to a compiled form, or why it cannot be judged here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from service.forms import defaults, rights
from service.forms.files import file_fields
from service.forms.judging import filling
from service.forms.judging.claims import Claims
from service.forms.judging.compiled import CompiledForm
from service.forms.judging.components import KEYED, LIMITS, SHOWN, label_of, place_of, tricky_names
from service.forms.judging.expressions import (
    Condition,
    ExpressionUnfit,
    Scope,
    Value,
    condition,
    is_expression,
    json_value,
    names_read,
)
from service.forms.judging.keeping import EMPTY, keeper
from service.forms.judging.nodes import ABSENT, Field, Group, Node, Path, Rows
from service.forms.judging.options import Accepts, accepting
from service.forms.judging.patterns import PatternUnfit
from service.forms.judging.rules import rules_of
from service.forms.judging.shape import Shape
from service.forms.localisation import text_of
from service.forms.rights import Rights

Schema = Mapping[str, Any]


class FormUnjudged(Exception):
    """Only form-js itself can say what the form means; `where` names the component."""

    def __init__(self, why: str, where: str = "") -> None:
        super().__init__(why)
        self.where = where


def compile_form(schema: Schema, access: Rights | None = None) -> CompiledForm:
    """A form as a task with these field rights has it. Raises FormUnjudged."""
    access = access or {}
    permitted = rights.permitted(schema, access)
    compiler = _Compiler(permitted)
    children = tuple(compiler.nodes(permitted.get("components") or (), (), ()))
    hidden = {name for name, right in access.items() if right == "hidden"}
    return CompiledForm(
        children=children,
        shape=compiler.shape,
        reads=frozenset((compiler.shape.inside or {}).keys() | compiler.read) - hidden,
        unwritable=frozenset(name for name, right in access.items() if right != "write"),
        only_shown=rights.only_shown(permitted),
        beginnings=tuple(defaults.beginnings(permitted)),
        computing=tuple(filling.computing(children)),
        computed=frozenset(compiler.computed),
        recomputes=compiler.recomputes,
        filtered=tuple(filling.filtered(children)),
        files=tuple(file_fields(permitted)),
    )


class _Compiler:
    """Collects on its way the form's variables and what its expressions read."""

    def __init__(self, schema: Schema) -> None:
        self.shape = Shape(inside={})
        self.read: set[str] = set()
        self.computed: set[str] = set()
        self._read_again: set[str] = set()
        self._is_computed_inside = False
        self._claims = Claims()
        self._ids: set[Any] = set()
        self._known = tricky_names(schema)

    @property
    def recomputes(self) -> bool:
        """Whether something that is computed may depend on something else that is."""
        return self._is_computed_inside or bool(self._read_again & self.computed)

    def nodes(self, components: Iterable[Schema], path: Path, lists: Path) -> Iterator[Node]:
        """`path` leads from the row, or the form, to the components; `lists` from the form to the list around them."""
        for component in components:
            try:
                node = self._node(component, path, lists)
            except (PatternUnfit, ExpressionUnfit) as unfit:
                raise FormUnjudged(str(unfit), place_of(component)) from None
            if node is not None:
                yield node

    def _node(self, component: Schema, path: Path, lists: Path) -> Node | None:
        kind, id = component.get("type"), component.get("id")
        if id in self._ids:
            raise FormUnjudged(f"form field with id <{id}> already exists", place_of(component))
        if id:
            self._ids.add(id)
        if kind in SHOWN:
            return None
        if kind == "group" or kind == "dynamiclist":
            return self._container(component, path, lists)
        if kind not in KEYED:
            raise FormUnjudged(f"form field of type <{kind}> not supported", place_of(component))
        if not component.get("key"):
            raise FormUnjudged("a field without a key", place_of(component))
        return self._field(component, path, lists)

    def _container(self, component: Schema, path: Path, lists: Path) -> Group | Rows:
        own = (*path, *component["path"].split(".")) if component.get("path") else path
        hides = self._condition(component, is_computing=True)
        is_list = component["type"] == "dynamiclist" and bool(component.get("isRepeating"))
        if not is_list and own == path:
            return Group(own, "", hides, tuple(self.nodes(component.get("components") or (), own, lists)))
        whole = (*lists, *own)
        if own == path:
            raise FormUnjudged("a list without a path", place_of(component))
        self._claim(component, self._claims.list_ if is_list else self._claims.group, whole, lists)
        shape = self.shape.at(whole)
        shape.label, shape.inside, shape.is_list = text_of(component, "label"), shape.inside or {}, is_list
        if not is_list:
            return Group(own, ".".join(own), hides, tuple(self.nodes(component.get("components") or (), own, lists)))
        children = tuple(self.nodes(component.get("components") or (), (), whole))
        return Rows(
            path=own,
            name=".".join(own),
            label=text_of(component, "label"),
            hides=hides,
            children=children,
            repetitions=max(component.get("defaultRepetitions", 1), 0),
            is_fixed=component.get("allowAddRemove") is False,
            locked=tuple(_locked(children)),
        )

    def _field(self, component: Schema, path: Path, lists: Path) -> Field:
        kind = component["type"]
        own = (*path, *component["key"].split("."))
        whole = (*lists, *own)
        self._claim(component, self._claims.field, whole, lists)
        self.shape.at(whole)
        computes = self._computed(component, own, lists) if kind == "expression" else None
        hides = self._condition(component, is_computing=bool(lists) or len(own) > 1 or computes is not None)
        for limit in LIMITS:
            self._reads((component.get("validate") or {}).get(limit))
        if component.get("valuesKey"):
            self.read.add(component["valuesKey"])
        return Field(
            path=own,
            name=".".join(own),
            label=label_of(component),
            keep=keeper(component, whole),
            empty=EMPTY.get(kind),
            default=component.get("defaultValue", ABSENT),
            hides=hides,
            locks=self._locks(component),
            is_disabled=bool(component.get("disabled")),
            refuses_past=bool(component.get("disallowPassedDates")) and component.get("subtype") != "time",
            rules=tuple(rules_of(component, text_of(component, "patternErrorMessage"), self._known)),
            computes=computes,
            accepts=self._accepts(component),
        )

    def _claim(self, component: Schema, claim: Callable[[Path, Path], bool], path: Path, lists: Path) -> None:
        if not claim(path, lists):
            raise FormUnjudged(f"binding path '{'.'.join(path)}' is already claimed", place_of(component))

    def _computed(self, component: Schema, own: Path, lists: Path) -> Value:
        text = component.get("expression")
        self.computed.add((*lists, *own)[0])
        self._is_computed_inside |= bool(lists) or len(own) > 1
        self._read_again |= self._reads(text)
        return json_value(text, self._known) if is_expression(text) else lambda _scope: None

    def _condition(self, component: Schema, *, is_computing: bool) -> Condition | None:
        """`is_computing`: whether it decides what is computed."""
        text = (component.get("conditional") or {}).get("hide")
        if not is_expression(text):
            return None
        names = self._reads(text)
        if is_computing:
            self._read_again |= names
        return condition(text, self._known)

    def _locks(self, component: Schema) -> Condition | None:
        readonly = component.get("readonly")
        if is_expression(readonly):
            self._reads(readonly)
            return condition(readonly, self._known)
        return always if readonly and component["type"] != "expression" else None

    def _accepts(self, component: Schema) -> Callable[[Scope], Accepts] | None:
        """As form-js: `valuesKey` and `values` go before an expression when a field is drawn."""
        text = component.get("valuesExpression")
        if not is_expression(text) or component.get("valuesKey") or "values" in component:
            return None
        self._reads(text)
        evaluate = json_value(text, self._known)
        return lambda scope: accepting(evaluate(scope))

    def _reads(self, text: Any) -> frozenset[str]:
        found = names_read(text, self._known)
        self.read |= found
        return found


def always(_scope: Scope) -> bool:
    return True


def _locked(nodes: Iterable[Node]) -> Iterator[Field]:
    for node in nodes:
        if isinstance(node, Field) and node.locks is always:
            yield node
        elif isinstance(node, Group):
            yield from _locked(node.children)
