"""Requirements that lead back to where they started (DMN 1.5, clause 6.2.2: the graph has no cycles)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from engine.dmn.model import Model
from engine.dmn.problems import Problems
from engine.facts.sentences import Sentence

Requirements = Mapping[str, tuple[str, ...]]


def report_cycles(model: Model, problems: Problems) -> None:
    """One problem for each cycle among the elements of the file; imported models have their own."""
    names = {element.id: element.name for element in model.definitions.elements}
    places = {element.id: element.place for element in model.definitions.elements}
    for cycle in cycles(_requirements(model)):
        path = " → ".join(names[each] for each in (*cycle, cycle[0]))
        fix = Sentence("Remove one of these requirements.")
        problems.error(
            "requirement-cycle", Sentence("The requirements go round in a circle: {path}.", path=path), places[cycle[0]], fix
        )


def _requirements(model: Model) -> dict[str, tuple[str, ...]]:
    """The elements of the file each one requires. A function that requires itself only says that it is recursive."""
    found = {}
    for identifier, decision in model.linked_decisions.items():
        references = decision.information + decision.knowledge
        found[identifier] = tuple(each.element.id for each in references if each.model is None)
    for identifier, function in model.linked_functions.items():
        own = (each.element.id for each in function.knowledge if each.model is None)
        found[identifier] = tuple(each for each in own if each != identifier)
    for identifier, service in model.linked_services.items():
        found[identifier] = tuple(each.element.id for each in service.outputs if each.model is None)
    return {element.id: found[element.id] for element in model.definitions.elements if element.id in found}


def cycles(requirements: Requirements) -> list[tuple[str, ...]]:
    """A cycle for every edge that closes one in a walk through the graph."""
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in requirements:
        if start not in done:
            found += _walk(start, requirements, done)
    return found


def _walk(start: str, requirements: Requirements, done: set[str]) -> Iterable[tuple[str, ...]]:
    path, left = {start: None}, [iter(requirements.get(start, ()))]
    while path:
        following = next(left[-1], None)
        if following is None:
            done.add(path.popitem()[0])
            left.pop()
        elif following in path:
            steps = list(path)
            yield tuple(steps[steps.index(following) :])
        elif following not in done:
            path[following] = None
            left.append(iter(requirements.get(following, ())))
