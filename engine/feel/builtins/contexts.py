"""Functions of contexts (§10.3.4.11)."""

from typing import Any, cast

from engine.facts.sentences import Sentence
from engine.feel.builtins.registry import built_in
from engine.feel.errors import Refused
from engine.feel.frames import Evaluation
from engine.feel.values import kind_said, value_of

Context = dict[str, Any]


@built_in("get value(m: context, key: string)")
def get_value(_evaluation: Evaluation, m: Context, key: str) -> Any:
    """The value of an entry."""
    if key not in m:
        raise Refused(Sentence("get value: the context has no entry “{key}”", key=key))
    return value_of(m[key])


@built_in("get value(context: context, keys: list)")
def get_value_inside(evaluation: Evaluation, context: Context, keys: list[Any]) -> Any:
    """The value of an entry of a context inside contexts, by the keys that lead there."""
    value: Any = context
    for key in keys:
        if not isinstance(key, str) or not isinstance(value, dict):
            raise Refused(Sentence("get value: the keys do not lead through contexts"))
        value = get_value(evaluation, value, key)
    return value


@built_in("get entries(m: context)")
def get_entries(evaluation: Evaluation, m: Context) -> list[Any]:
    """A list of contexts with key and value."""
    evaluation.spend(3 * len(m))
    return [{"key": key, "value": value_of(value)} for key, value in m.items()]


@built_in("context(entries: list)")
def context(evaluation: Evaluation, entries: list[Any]) -> Context:
    """The context of a list of contexts with key and value."""
    evaluation.spend(len(entries))
    found: Context = {}
    for entry in entries:
        if not isinstance(entry, dict) or "key" not in entry or "value" not in entry:
            raise Refused(Sentence("context: an entry has no key and value"))
        key = value_of(entry["key"])
        if not isinstance(key, str):
            raise Refused(Sentence("context: a key is {kind}, not string", kind=kind_said(key)))
        if key in found:
            raise Refused(Sentence("context: the key “{key}” stands twice", key=key))
        found[key] = value_of(entry["value"])
    return found


@built_in("context put(context: context, key: string, value: any?)")
def context_put(evaluation: Evaluation, context_: Context, key: str, value: Any) -> Context:
    """The context with one entry set."""
    evaluation.spend(len(context_))
    return {**context_, key: value}


@built_in("context put(context: context, keys: list, value: any?)")
def context_put_inside(evaluation: Evaluation, context_: Context, keys: list[Any], value: Any) -> Context:
    """The context with an entry set in a context inside, by the keys that lead there."""
    if not keys or not all(isinstance(key, str) for key in keys):
        raise Refused(Sentence("context put: the keys are not a list of texts"))
    way = [context_]
    for key in keys[:-1]:
        inner = value_of(way[-1].get(key))
        if not isinstance(inner, dict):
            raise Refused(Sentence("context put: there is no context at “{key}”", key=key))
        way.append(inner)
    changed = value
    for key, around in zip(reversed(keys), reversed(way), strict=True):
        changed = context_put(evaluation, around, key, changed)
    return cast(Context, changed)


@built_in("context merge(contexts: list)")
def context_merge(evaluation: Evaluation, contexts: list[Any]) -> Context:
    """One context with the entries of all; of equal keys the last wins."""
    found: Context = {}
    for each in contexts:
        if not isinstance(each, dict):
            raise Refused(Sentence("context merge: an item is {kind}, not context", kind=kind_said(each)))
        evaluation.spend(len(each) + 1)
        found.update(each)
    return found
