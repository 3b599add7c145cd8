"""The file being read: its elements by id, the problems found so far, and what it refers to outside of itself."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.bpmn.elements.tasks.summary import SummaryItem
from engine.bpmn.kinds import kind_said
from engine.bpmn.model import KnownNames, ModelChecks
from engine.bpmn.reader.namespaces import BPMN, CAMUNDA_FAMILY, SPIFF, ZEEBE
from engine.bpmn.timing.cron_fields import QUARTZ, SPRING
from engine.facts.errors import Problem
from engine.facts.likeness import nearest
from engine.facts.sentences import Sentence
from engine.vocabulary.table import Choosable


class ModelFile:
    """`root` is the `<definitions>` element; XML elements are lxml's."""

    def __init__(
        self,
        root: Any,
        checks: ModelChecks | None,
        connectors: Mapping[str, Choosable] | None,
        functions: Iterable[str],
        *,
        is_deployed: bool,
    ) -> None:
        self.root = root
        #: What was accepted once goes on as it did.
        self.is_deployed = is_deployed
        self.checks = checks
        self.connectors = connectors
        self.functions = tuple(functions)
        self.problems: list[Problem] = []
        self.by_id: dict[str, Any] = {}
        self.lanes: dict[str, str] = {}
        #: The target of each association by its source.
        self.associations: dict[str, str] = {}
        self._numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: itertools.count(1))
        #: By the user task or process that has them.
        self.summaries: dict[Any, tuple[SummaryItem, ...]] = {}
        self._index()

    def _index(self) -> None:
        for xml in self.root.iter(f"{BPMN}*"):
            id = xml.get("id")
            if id is not None and self.by_id.setdefault(id, xml) is not xml:
                self.problem(
                    "duplicate-id",
                    xml,
                    Sentence("The id {id} is used twice, first in line {line}.", id=id, line=self.by_id[id].sourceline),
                    Sentence("Give it another id."),
                )
            if xml.tag == f"{BPMN}association":
                self.associations[xml.get("sourceRef") or ""] = xml.get("targetRef") or ""
            if xml.tag == f"{BPMN}flowNodeRef" and xml.text:
                self.lanes[xml.text.strip()] = xml.getparent().get("name") or ""

    def free_id(self, tag: str) -> str:
        """One that nothing in the file has; each is given out once."""
        return next(id for number in self._numbers[tag] if (id := f"{tag}-{number}") not in self.by_id)

    def give_id(self, xml: Any, tag: str) -> str:
        """An id for an element that has none, in the tree and not in the file; the same whenever the file is read."""
        id = self.free_id(tag)
        sentence = Sentence("A {kind} has no id; it is called {id}.", kind=kind_said(tag), id=id)
        xml.set("id", id)
        self.by_id[id] = xml
        self.warning("id-missing", xml, sentence, Sentence("Give it an id, so that it stays the same when the model is changed."))
        return id

    @property
    def is_of_camunda_family(self) -> bool:
        """Written for Camunda 7, Flowable or Activiti."""
        return any(space[1:-1] in self.root.nsmap.values() for space in CAMUNDA_FAMILY)

    @property
    def is_of_camunda_8(self) -> bool:
        """Its cron texts are those of Spring."""
        return ZEEBE[1:-1] in self.root.nsmap.values()

    @property
    def sunday(self) -> int:
        """Its number in cron texts."""
        return SPRING if self.is_of_camunda_8 and not self.is_of_camunda_family else QUARTZ

    @property
    def is_of_spiffworkflow(self) -> bool:
        """Its expressions and scripts are Python."""
        return SPIFF[1:-1] in self.root.nsmap.values()

    # ------------------------------------------------------------------ problems
    def problem(self, rule: str, xml: Any, sentence: Sentence, fix: Sentence | None = None, *, is_warning: bool = False) -> None:
        """One more problem, at the nearest element around `xml` that has an id."""
        named = xml
        while named is not None and named.get("id") is None:
            named = named.getparent()
        where = "" if named is None else named.get("id")
        self.problems.append(Problem(rule, sentence, where, xml.sourceline or 0, fix, is_warning))

    def warning(self, rule: str, xml: Any, sentence: Sentence, fix: Sentence | None = None) -> None:
        self.problem(rule, xml, sentence, fix, is_warning=True)

    # ------------------------------------------------------------------ references
    def resolve(self, xml: Any, attribute: str, tag: str) -> Any | None:
        """The element that an attribute of `xml` names; an unknown one is a problem. None also without the attribute."""
        id = xml.get(attribute)
        if not id:
            return None
        id = id.rpartition(":")[2]
        found = self.by_id.get(id)
        if found is not None and found.tag == BPMN + tag:
            return found
        known = [other for other, each in self.by_id.items() if each.tag == BPMN + tag]
        sentence = Sentence(
            "{attribute} names {id}, and there is no {kind} of that id.", attribute=attribute, id=id, kind=kind_said(tag)
        )
        self.problem(
            "unknown-reference",
            xml,
            sentence,
            self.suggestion(id, known) or Sentence("Define the {kind} or choose another.", kind=kind_said(tag)),
        )
        return None

    @staticmethod
    def suggestion(name: str, known: Iterable[str]) -> Sentence | None:
        """“Did you mean …?”, or None."""
        meant = nearest(name, known)
        return Sentence("Did you mean {meant}?", meant=meant) if meant else None

    def must_know(self, xml: Any, kind: str, name: str, *, is_warning: bool = False) -> None:
        """Asks the surroundings whether a form, decision, process, role, department, person or secret of that name exists."""
        if self.checks is None or not name:
            return
        knows: Callable[[str], bool] = getattr(self.checks, f"knows_{kind}")
        if not knows(name):
            known = self.checks.names(kind) if isinstance(self.checks, KnownNames) else ()
            fix = self.suggestion(name, known) or Sentence("Add a {kind} of that name, or choose another.", kind=kind_said(kind))
            self.problem(
                f"unknown-{kind}",
                xml,
                Sentence("There is no {kind} {name}.", kind=kind_said(kind), name=name),
                fix,
                is_warning=is_warning,
            )


def whole_number(file: ModelFile, xml: Any, attribute: str, default: int, least: int, most: int) -> int:
    """An attribute that is a whole number between two bounds; anything else is a problem and the default."""
    text = xml.get(attribute)
    if text is None:
        return default
    try:
        number = int(text)
    except ValueError:
        number = least - 1
    if least <= number <= most:
        return number
    name = attribute.rpartition("}")[2]
    file.problem(
        "not-a-number",
        xml,
        Sentence(
            "{name} is “{value}”; it has to be a whole number from {least:,} to {most:,}.",
            name=name,
            value=text,
            least=least,
            most=most,
        ),
    )
    return default
