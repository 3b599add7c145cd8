"""What the page of a user task shows and its completion is held against, fixed when it is created. Standard library only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from engine.facts.sentences import Sentence, revived

Style = Literal["default", "primary", "danger"]
CommentRule = Literal["optional", "required", "none"]
Access = Literal["write", "read", "hidden"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A button. It asks for a comment when its own rule or that of the task says `required`."""

    value: str
    name: str
    name_en: str = ""
    style: Style = "default"
    comment: CommentRule = "optional"


@dataclass(frozen=True, slots=True)
class FieldRight:
    """What may be done with a variable and with everything in it."""

    name: str
    access: Access


@dataclass(frozen=True, slots=True)
class UserTaskFacts:
    """All but `why` is as the model has it. A variable without a right in `fields` may be written; `outcome_variable` gets the
    outcome; `why` says how its people were found, in the order in which it was tried."""

    documentation: str = ""
    documentation_en: str = ""
    outcomes: Sequence[Outcome] = ()
    outcome_variable: str = "outcome"
    comment: CommentRule = "optional"
    fields: Sequence[FieldRight] = ()
    lane: str = ""
    why: Sequence[Sentence] = ()

    def because(self, why: Sequence[Sentence]) -> UserTaskFacts:
        """The same, for these people."""
        return UserTaskFacts(
            self.documentation,
            self.documentation_en,
            self.outcomes,
            self.outcome_variable,
            self.comment,
            self.fields,
            self.lane,
            why,
        )

    def needs_comment(self, chosen: Any) -> bool:
        """When the task or the chosen outcome asks for one."""
        outcome = self.outcome(chosen)
        return self.comment == "required" or (outcome is not None and outcome.comment == "required")

    def outcome(self, value: Any) -> Outcome | None:
        """None when it is not one of the task's."""
        return next((each for each in self.outcomes if each.value == value), None)

    def access(self) -> dict[str, Access]:
        """By variable; what is not named may be written."""
        return {field.name: field.access for field in self.fields}

    @property
    def json(self) -> dict[str, Any]:
        """As plain values, without what is empty."""
        found = {name: value for name in UserTaskFacts.__slots__ if (value := getattr(self, name))}
        for name, part in _PARTS.items():
            if name in found:
                found[name] = [{key: getattr(each, key) for key in part.__slots__} for each in found[name]]
        if self.why:
            found["why"] = [{"sentence": each.template, "values": each.plain_values} for each in self.why]
        return found

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> UserTaskFacts:
        """The opposite of `json`. Names that only a newer version knows are passed over: both may be running for a while."""
        found = _known(UserTaskFacts, values)
        for name, part in _PARTS.items():
            if name in found:
                found[name] = tuple([part(**_known(part, each)) for each in found[name]])
        if "why" in found:
            found["why"] = tuple([revived(each["sentence"], each["values"]) for each in found["why"]])
        return UserTaskFacts(**found)


_PARTS: Mapping[str, type[Any]] = {"outcomes": Outcome, "fields": FieldRight}
_KINDS: tuple[type[Any], ...] = (UserTaskFacts, *_PARTS.values())
_NAMES = {kind: frozenset(kind.__slots__) for kind in _KINDS}


def _known(kind: type[Any], values: Mapping[str, Any]) -> dict[str, Any]:
    names = _NAMES[kind]
    return dict(values) if names.issuperset(values) else {name: values[name] for name in names.intersection(values)}
