"""Each component of a form by itself, and beside the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache, partial
from typing import Any

from engine.facts.errors import Problem
from engine.facts.likeness import nearest
from engine.facts.sentences import Sentence, either, verbatim
from engine.feel import FeelBudgetExceeded
from service.forms import defaults, sources
from service.forms.checking.limits import limit_problems
from service.forms.checking.names import name_problems
from service.forms.checking.nullable import begin_with, emptiness_that_nulls, places_in
from service.forms.checking.repetitions import too_many_rows
from service.forms.checking.shown import shown_problems
from service.forms.checking.structure import misshapen
from service.forms.judging.claims import Claims
from service.forms.judging.components import KEYED, LIMITS, SHOWN, place_of, tricky_names
from service.forms.judging.expressions import Effort, ExpressionUnfit, call_of_nothing, condition, is_expression, value
from service.forms.judging.numbers import exact
from service.forms.judging.patterns import PatternUnfit, PatternWrong, compile_js

Schema = Mapping[str, Any]
Found = tuple[Schema, Problem]
Path = tuple[str, ...]


def problems_of(schema: Schema) -> Iterator[Found]:
    """With the component that each is about."""
    wrong = list(misshapen(schema))
    yield from wrong or _Look(schema).components(schema, (), ())
    if not wrong:
        yield from too_many_rows(schema)


class _Look:
    """At all components of one form."""

    def __init__(self, schema: Schema) -> None:
        self._claims = Claims()
        self._ids: set[Any] = set()
        self._names = tricky_names(schema)
        #: Trying out all expressions may cost what judging one submission may.
        self._effort = Effort()
        #: By the list around a condition.
        self._places_in = cache(partial(places_in, schema))

    def components(self, around: Schema, path: Path, lists: Path) -> Iterator[Found]:
        """`path` leads from the row, or the form, to the components; `lists` from the form to the list around them."""
        for component in around.get("components", ()):
            for problem in self._component(component, path, lists):
                yield component, problem
            own, within = _inside(component, path, lists)
            yield from self.components(component, own, within)

    def _component(self, component: Schema, path: Path, lists: Path) -> Iterator[Problem]:
        kind, where = component.get("type"), place_of(component)
        id = component.get("id")
        if id in self._ids:
            sentence = Sentence("Two components have the id {id}.", id=str(id))
            yield Problem("form-id", sentence, where, fix=Sentence("Rename one of them."))
        if id:
            self._ids.add(id)
        if kind not in KEYED | SHOWN | {"group", "dynamiclist"}:
            yield _no_component(kind, where)
            return
        yield from self._place(component, path, lists)
        yield from self._conditions(component, lists)
        yield from self._expressions(component, lists)
        yield from _limits(component)
        yield from limit_problems(component)
        yield from name_problems(component)
        yield from shown_problems(component, self._names)
        yield from _pattern(component)
        yield from _wishes(component)

    def _place(self, component: Schema, path: Path, lists: Path) -> Iterator[Problem]:
        """Where its value stands."""
        name = component.get("key") if component["type"] in KEYED else component.get("path")
        is_list = component["type"] == "dynamiclist"
        if not name:
            if component["type"] in KEYED or is_list:
                fix = Sentence("Give a list a path.") if is_list else Sentence("Give a field a key.")
                sentence = Sentence("Its value has no name, so that nobody could find it.")
                yield Problem("form-key", sentence, place_of(component), fix=fix)
            return
        own = (*lists, *path, *name.split("."))
        claim = self._claims.field if component["type"] in KEYED else self._claims.list_ if is_list else self._claims.group
        if not claim(own, lists):
            sentence = Sentence("{name} is the name of something else in this form.", name=".".join(own))
            yield Problem("form-key", sentence, place_of(component), fix=Sentence("Rename one of them."))

    def _conditions(self, component: Schema, lists: Path) -> Iterator[Problem]:
        where = place_of(component)
        hide, readonly = (component.get("conditional") or {}).get("hide"), component.get("readonly")
        for name, text in (("conditional", hide), ("readonly", readonly)):
            if isinstance(text, str) and text and not is_expression(text):
                sentence = Sentence("{text} is no condition: conditions begin with =.", text=text)
                yield Problem("form-condition", sentence, where, is_warning=True)
            if not is_expression(text):
                continue
            try:
                condition(text, self._names)
            except ExpressionUnfit as unfit:
                yield _unreadable(text, unfit, where)
                continue
            unknown = list(_calls(text, self._names, where))
            yield from unknown
            if unknown:
                continue
            try:
                empty = emptiness_that_nulls(text, self._places_in(lists), self._names, self._effort)
            except FeelBudgetExceeded:
                yield _too_much(text, where)
            else:
                if empty is not None:
                    yield _may_be_null(name, text, empty, where)

    def _expressions(self, component: Schema, lists: Path) -> Iterator[Problem]:
        where, validate = place_of(component), component.get("validate") or {}
        texts = (component.get("expression"), component.get("valuesExpression"), *(validate.get(limit) for limit in LIMITS))
        for text in filter(is_expression, texts):
            try:
                value(text, self._names)
                unknown = list(_calls(text, self._names, where))
                yield from unknown
                if not unknown:
                    begin_with(text, self._places_in(lists), self._names, self._effort)
            except ExpressionUnfit as unfit:
                yield _unreadable(text, unfit, where)
            except FeelBudgetExceeded:
                yield _too_much(text, where)


def _no_component(kind: Any, where: str) -> Problem:
    known = KEYED | SHOWN | {"group", "dynamiclist"}
    if not kind:
        sentence, fix = Sentence("A component has no type."), Sentence("Give it one, such as textfield.")
        return Problem("form-component", sentence, where, fix=fix)
    meant = nearest(str(kind), sorted(known))
    sentence = Sentence("There are no components of the type {type}.", type=str(kind))
    return Problem("form-component", sentence, where, fix=Sentence("Did you mean {name}?", name=meant) if meant else None)


def _inside(component: Schema, path: Path, lists: Path) -> tuple[Path, Path]:
    """`path` and `lists` of what stands in the component."""
    name = component.get("path")
    own = (*path, *name.split(".")) if name and component.get("type") in ("group", "dynamiclist") else path
    if component.get("type") == "dynamiclist" and component.get("isRepeating"):
        return (), (*lists, *own)
    return own, lists


def _calls(text: str, names: frozenset[str], where: str) -> Iterator[Problem]:
    why = call_of_nothing(text, names)
    if why is not None:
        sentence = Sentence("The expression {text} cannot work: {why}", text=text, why=why)
        yield Problem("form-function", sentence, where)


def _unreadable(text: str, unfit: ExpressionUnfit, where: str) -> Problem:
    sentence = Sentence("The expression {text} cannot be read: {why}", text=text, why=unfit.sentence)
    return Problem("form-expression", sentence, where)


def _too_much(text: str, where: str) -> Problem:
    sentence = Sentence(
        "{text} takes too many steps to be tried out: who fills in the form is refused when it takes them there.", text=text
    )
    return Problem("form-cost", sentence, where, fix=Sentence("Let it look at fewer values."), is_warning=True)


def _may_be_null(name: str, text: str, empty: tuple[str, ...], where: str) -> Problem:
    if not empty:
        sentence = Sentence("{text} is always null, and for form-js that is true.", text=text)
        return Problem("form-null", sentence, where, is_warning=True)
    names = either(verbatim(each) for each in empty)
    if name == "readonly":
        sentence = Sentence("{text} is null while {names} is empty; the field is read-only then.", text=text, names=names)
    else:
        sentence = Sentence("{text} is null while {names} is empty; that hides the field.", text=text, names=names)
    fix = Sentence("Say what holds then: begin with {name} = null or …, or with {name} != null and …", name=empty[0])
    return Problem("form-null", sentence, where, fix=fix, is_warning=True)


def _limits(component: Schema) -> Iterator[Problem]:
    where, validate = place_of(component), component.get("validate") or {}
    for limit in LIMITS:
        given = validate.get(limit)
        if given is not None and given != "" and not is_expression(given) and exact(given) is None:
            sentence = Sentence("{limit} is {given}, which is no number.", limit=limit, given=str(given))
            yield Problem("form-limit", sentence, where, fix=Sentence("Write a number, or an expression that begins with =."))


def _pattern(component: Schema) -> Iterator[Problem]:
    pattern = (component.get("validate") or {}).get("pattern")
    if not pattern:
        return
    try:
        compile_js(pattern)
    except PatternWrong as wrong:
        sentence = Sentence("The pattern {pattern} cannot be read: {why}", pattern=pattern, why=wrong.sentence)
        yield Problem("form-pattern", sentence, place_of(component))
    except PatternUnfit as unfit:
        sentence = Sentence("The pattern {pattern} is checked slowly, in V8 ({why}).", pattern=pattern, why=unfit.sentence)
        fix = Sentence("Look ahead only at the beginning, refer back to no group, and repeat nothing inside of a repetition.")
        yield Problem("form-pattern", sentence, place_of(component), fix=fix, is_warning=True)


def _wishes(component: Schema) -> Iterator[Problem]:
    """What `properties` ask the server for."""
    properties = component.get("properties") or {}
    for name, known in (("source", sources.KINDS), ("default", defaults.WISHES)):
        wish = properties.get(name)
        if wish and wish not in known:
            sentence = Sentence("{name} cannot be {wish}.", name=f"properties.{name}", wish=str(wish))
            fix = Sentence("Choose {choices}.", choices=either(known))
            yield Problem("form-property", sentence, place_of(component), fix=fix)
