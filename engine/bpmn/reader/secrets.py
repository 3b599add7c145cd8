"""References to secrets, `{{secret.NAME}}`: read in inputs of connectors, where each has to have a fixed place; nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engine import feel
from engine.bpmn.expressions import Template
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import BPMN, CAMUNDA
from engine.bpmn.reader.own import written_at
from engine.facts.declarations import Entry
from engine.facts.secret_references import SecretReference, names_in, refers, written
from engine.facts.sentences import Sentence
from engine.vocabulary.texts import INPUT
from engine.vocabulary.work import CONNECTOR, CONNECTOR_OF_TASK

_EXTENSIONS = f"{BPMN}extensionElements"
#: Where the inputs of a connector stand.
_INPUTS = (INPUT.tag, f"{CAMUNDA}inputParameter")


def fixed_texts(file: ModelFile, templates: Mapping[str, Template]) -> Iterator[tuple[str, feel.FixedText]]:
    """Every text that stands in inputs, with the name of its input."""
    for name, template in templates.items():
        if template.expression is not None:
            for text in feel.texts_in(template.expression.text, file.functions):
                yield name, text
        elif isinstance(template.literal, str):
            yield name, feel.FixedText(template.literal, (), "")


def secret_references(file: ModelFile, templates: Mapping[str, Template]) -> tuple[SecretReference, ...]:
    """Those of a connector's inputs whose place is known."""
    return tuple(
        SecretReference((name, *text.path), text.text)
        for name, text in fixed_texts(file, templates)
        if text.path is not None and refers(text.text)
    )


def check_references(file: ModelFile, templates: Mapping[str, Template], xml: Any, known: Mapping[str, Entry]) -> None:
    """Whether there are such secrets, and whether they can be filled in. `known` are the inputs that the connector takes."""
    for name, text in fixed_texts(file, templates):
        where = place_of(xml, name)
        for secret in names_in(text.text):
            file.must_know(where, "secret", secret, is_warning=True)
            if text.path is None:
                sentence = Sentence("The secret {secret} stands in a text that is computed, and is not filled in.", secret=secret)
                fix = Sentence(
                    'Let it stand in a text of its own: ={{Authorization: "Bearer {reference}"}}.', reference=written("NAME")
                )
                file.problem("secret-computed", where, sentence, fix)
            elif name in known and not known[name].takes_secrets:
                sentence = Sentence("The input {name} takes no secrets: others would read them.", name=name)
                takers = ", ".join(each.name for each in known.values() if each.takes_secrets)
                fix = Sentence("They go into {names}.", names=takers) if takers else Sentence("Take it out.")
                file.problem("secret-not-taken", where, sentence, fix)
            elif name in known and known[name].is_address and names_in(_host_part(text.text)):
                sentence = Sentence("The secret {secret} stands in the host of an address: others would read it.", secret=secret)
                fix = Sentence("Write the host into the model, and the secret behind it or into a header.")
                file.problem("secret-in-host", where, sentence, fix)


def _host_part(address: str) -> str:
    """All up to the path; of what begins with no host, everything."""
    found = re.match(r"\s*[a-z]+://[^/?#]*", address, re.IGNORECASE)
    return found[0] if found else address


def check_elsewhere(file: ModelFile) -> None:
    """References in what is not handed to a connector are texts as others."""
    for xml in file.root.iter("*"):
        for text in (*xml.attrib.values(), xml.text or ""):
            if "{{" in text and refers(text) and not _is_input(xml):
                sentence = Sentence(
                    "The secret {secret} is not filled in here: only connectors are given secrets.", secret=names_in(text)[0]
                )
                file.warning("secret-unread", xml, sentence, Sentence("Hand it to a connector, in one of its inputs."))


def place_of(xml: Any, input: str) -> Any:
    """The element in which an input of a task stands, by any of the names that products have for it; else the task."""
    return next((each for each in xml.iter("*") if each is not xml and input in (each.get("name"), each.get("target"))), xml)


def _is_input(xml: Any) -> bool:
    """Of a task that names a connector."""
    holders = [each for each in (xml, *xml.iterancestors()) if each.tag in _INPUTS]
    task = next((each for each in xml.iterancestors() if each.tag.startswith(BPMN) and each.tag != _EXTENSIONS), None)
    if not holders or task is None:
        return False
    return bool(written_at(task, CONNECTOR_OF_TASK)) or task.find(f".//{CONNECTOR.tag}") is not None
