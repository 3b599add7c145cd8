"""XML of a DMN file to a model, with everything that is wrong in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from engine.dmn.cycles import report_cycles
from engine.dmn.definitions import Definitions
from engine.dmn.linking import link
from engine.dmn.model import Model
from engine.dmn.problems import Problems
from engine.dmn.reading.definitions import definitions
from engine.dmn.reading.source import Source
from engine.facts import safe_xml
from engine.facts.errors import Problem
from engine.facts.sentences import Sentence
from engine.vocabulary.check import faults
from engine.vocabulary.decisions import DECISIONS


@dataclass(frozen=True, slots=True)
class Reading:
    """`model` is None only for a file that is no DMN at all; with errors among the problems it may not be deployed."""

    model: Model | None
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        """Whether nothing but warnings was found."""
        return self.model is not None and all(problem.is_warning for problem in self.problems)


def read(xml: bytes, *, imports: Mapping[str, Model] | None = None, functions: Iterable[str] = ()) -> Reading:
    """The model in `xml`; `imports` are the models it may import, by namespace; `functions` name those of the host.

    Logic that is wrong is reported and evaluates to null, so that the rest of the model can be tried out.
    """
    try:
        root = safe_xml.parse(xml)
    except safe_xml.XmlRefused as refusal:
        return Reading(None, refusal.problems)
    problems = Problems()
    file = definitions(Source(root, problems))
    if file is None:
        return Reading(None, tuple(problems.found))
    _check_own_names(Source(root, problems))
    imported = _imported(file, imports or {}, problems)
    model = link(file, imported, problems, frozenset(functions))
    report_cycles(model, problems)
    return Reading(model, tuple(sorted(problems.found, key=lambda problem: problem.line)))


def _check_own_names(source: Source) -> None:
    for fault in faults(source.xml, DECISIONS):
        place = replace(source, xml=fault.xml)
        (place.warning if fault.is_warning else place.error)(fault.rule, fault.sentence, fault.fix)


def _imported(file: Definitions, known: Mapping[str, Model], problems: Problems) -> dict[str, Model]:
    found = {}
    for declared in file.imports:
        if declared.namespace in known:
            found[declared.namespace] = known[declared.namespace]
        else:
            sentence = Sentence(
                "The model '{namespace}', imported as '{name}', is not known.", namespace=declared.namespace, name=declared.name
            )
            problems.error(
                "import-unknown", sentence, declared.place, Sentence("Deploy that model first, or together with this one.")
            )
    return found
