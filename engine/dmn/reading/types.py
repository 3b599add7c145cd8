"""Reads type references, typed names and item definitions (DMN 1.5, clause 7.3.2)."""

from __future__ import annotations

from engine.dmn.definitions import FunctionItem, ItemDefinition
from engine.dmn.place import Variable
from engine.dmn.reading.source import RELEASES, Source
from engine.facts.sentences import Sentence

NAME_FIX = Sentence("Give it a name.")


def variable(source: Source, default_name: str = "") -> Variable:
    """A variable, parameter or column."""
    name = name_of(source, default_name)
    if not name:
        source.error("name-missing", Sentence("A <{tag}> has no name.", tag=source.tag), NAME_FIX)
    return Variable(name, type_ref(source), source.place)


def name_of(source: Source, default: str = "") -> str:
    """Runs of blanks count as one blank (clause 10.3.1.2: names are compared so)."""
    return " ".join(source.attribute("name").split()) or default


def type_ref(source: Source) -> str | None:
    """The type named by attribute or child `typeRef`. In DMN 1.1 it is a QName of XML."""
    written = " ".join((source.attribute("typeRef") or source.child_text("typeRef")).split())
    prefix, colon, local = written.partition(":")
    namespace = source.xml.nsmap.get(prefix) if colon else None
    if namespace is None:
        return written or None
    return local if _is_own(namespace, source) else f"{{{namespace}}}{local}"


def _is_own(namespace: str, source: Source) -> bool:
    own = source.xml.getroottree().getroot().get("namespace")
    return namespace == own or namespace in RELEASES or "/FEEL" in namespace or namespace.endswith("/XMLSchema")


def item_definition(source: Source) -> ItemDefinition:
    """An `itemDefinition` or `itemComponent`."""
    name = name_of(source)
    if not name:
        source.error("name-missing", Sentence("A <{tag}> has no name.", tag=source.tag), NAME_FIX)
    components = tuple(item_definition(child) for child in source.children("itemComponent"))
    function = source.child("functionItem")
    return ItemDefinition(
        name=name,
        type_ref=type_ref(source),
        is_collection=source.attribute("isCollection") in ("true", "1"),
        components=components,
        function=_function_item(function) if function else None,
        allowed=source.feel("allowedValues"),
        constraint=source.feel("typeConstraint"),
        place=source.place,
    )


def _function_item(source: Source) -> FunctionItem:
    parameters = tuple(variable(child) for child in source.children("parameters"))
    result = source.attribute("outputTypeRef") or source.child_text("outputTypeRef")
    return FunctionItem(parameters, result or None)
