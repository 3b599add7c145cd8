"""The types that a file can name: those of FEEL, its item definitions and those of its imports (DMN 1.5, clause 7.3.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from engine.dmn.definitions import Definitions, FunctionItem, ItemDefinition
from engine.dmn.place import Place, Text
from engine.dmn.problems import Problems
from engine.facts.sentences import Sentence
from engine.feel.feel_type import FeelType
from engine.feel.types import ANY, SIMPLE_TYPES, Constrained, ContextType, FunctionType, ListType, NamedType

#: Says whether a value passes the unary tests of a text.
Test = Callable[[Any], bool]

#: The import names that lead to a file, the file, and its types.
ImportedTypes = tuple[tuple[str, ...], Definitions, "Types"]

#: Names of older files and of other engines for types of FEEL.
OTHER_NAMES = {
    **dict.fromkeys(("integer", "int", "long", "short", "byte", "double", "float", "decimal"), "number"),
    "any": "Any",
    "datetime": "date and time",
}

#: Names that may stand for one another in a row.
MAX_ALIASES = 20

FIX = Sentence("Use a type of FEEL or the name of an item definition.")


class Types:
    """Types by name.

    `plain` leaves the allowed values out, as `instance of` does (clause 10.3.2.9.3); `full` has them: what is bound to a name
    of that type must pass them too.
    """

    def __init__(
        self, definitions: Definitions, imported: Iterable[ImportedTypes], tests: Callable[[Text], Test], problems: Problems
    ) -> None:
        self._tests = tests
        self._problems = problems
        self.plain: dict[str, FeelType] = {}
        self.full: dict[str, FeelType] = {}
        for path, theirs, types in imported:
            own = [item.name for item in theirs.item_definitions]
            prefixes = (f"{{{theirs.namespace}}}", "".join(f"{name}." for name in path))
            self.plain |= _prefixed(types.plain, own, prefixes)
            self.full |= _prefixed(types.full, own, prefixes)
        items = definitions.item_definitions
        self._names = {item.name for item in items} | set(self.full)
        self.plain |= {item.name: self._without_tests(item) for item in items}
        self.full |= {item.name: self._with_tests(item) for item in items}
        self._break_cycles(definitions)

    def named(self, type_ref: str | None, place: Place) -> FeelType:
        """The type of this name; Any for no name and, reported, for an unknown one."""
        found = self._find(type_ref, self.full)
        if found is None:
            self._problems.error("type-unknown", Sentence("There is no type '{type}'.", type=type_ref), place, FIX)
        return found or ANY

    def _find(self, type_ref: str | None, known: Mapping[str, FeelType]) -> FeelType | None:
        if type_ref is None:
            return ANY
        if type_ref in self._names:
            return NamedType(type_ref, known)
        return SIMPLE_TYPES.get(type_ref) or SIMPLE_TYPES.get(OTHER_NAMES.get(type_ref.lower(), ""))

    def _without_tests(self, item: ItemDefinition) -> FeelType:
        """Unknown names count as Any here; the full type has reported them."""
        if item.function:
            types = [self._find(parameter.type_ref, self.plain) or ANY for parameter in item.function.parameters]
            base: FeelType = FunctionType(tuple(types), self._find(item.function.result_type, self.plain) or ANY)
        elif item.components:
            base = ContextType({part.name: self._without_tests(part) for part in item.components})
        else:
            base = self._find(item.type_ref, self.plain) or ANY
        return ListType(base) if item.is_collection else base

    def _with_tests(self, item: ItemDefinition) -> FeelType:
        if item.function:
            base = self._function(item.function, item.place)
        elif item.components:
            base = ContextType({part.name: self._with_tests(part) for part in item.components})
        else:
            base = self.named(item.type_ref, item.place)
        if item.allowed:
            base = Constrained(base, _each(self._tests(item.allowed)), item.allowed.text)
        if item.is_collection:
            base = ListType(base)
        if item.constraint:
            base = Constrained(base, self._tests(item.constraint), item.constraint.text)
        return base

    def _function(self, function: FunctionItem, place: Place) -> FeelType:
        parameters = tuple(self.named(parameter.type_ref, parameter.place) for parameter in function.parameters)
        return FunctionType(parameters, self.named(function.result_type, place))

    def _break_cycles(self, definitions: Definitions) -> None:
        """A type that is only another name for itself is Any, and so is one at the end of too long a chain of names.

        A component may well be of the type around it.
        """
        names = {item.name: item.type_ref for item in definitions.item_definitions if not (item.components or item.function)}
        for item in definitions.item_definitions:
            chain = _alias_chain(item.name, names)
            if chain[-1] in chain[:-1] or len(chain) > MAX_ALIASES:
                sentence = Sentence(
                    "The type '{name}' does not lead to a type of FEEL: {chain}.", name=item.name, chain=" → ".join(chain)
                )
                self._problems.error("type-cycle", sentence, item.place, Sentence("Base it on a type of FEEL."))
                self.plain[item.name] = self.full[item.name] = ANY


def _prefixed(types: Mapping[str, FeelType], own: Iterable[str], prefixes: tuple[str, ...]) -> dict[str, FeelType]:
    """A model's own types, as the importing file may write them."""
    return {prefix + name: types[name] for name in own for prefix in prefixes}


def _each(test: Test) -> Test:
    """Allowed values of a list are those of its items; the list as a whole has its constraint."""
    return lambda value: all(map(test, value)) if isinstance(value, list) else test(value)


def _alias_chain(start: str, names: Mapping[str, str | None]) -> list[str]:
    """The names that `start` stands for, up to one that is no other name, one met before, or one too many."""
    chain = [start]
    while (target := names.get(chain[-1])) is not None and len(chain) <= MAX_ALIASES:
        chain.append(target)
        if target in chain[:-1]:
            break
    return chain
