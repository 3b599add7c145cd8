"""`camunda:inputOutput`: parameters that are texts, lists, maps or scripts. Each becomes one FEEL expression or a literal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from engine.bpmn.expressions import Template
from engine.bpmn.reader.file import ModelFile
from engine.bpmn.reader.namespaces import CAMUNDA
from engine.bpmn.reader.texts import expression, feel_source, template
from engine.facts.sentences import Sentence
from engine.feel.text import quoted

#: Languages of a script that is one expression here too.
_EXPRESSIONS = ("feel", "juel")


def parameters(file: ModelFile, blocks: Iterable[Any], tag: str) -> dict[str, Template]:
    """By name. `blocks` are `camunda:inputOutput` elements, `tag` is `inputParameter` or `outputParameter`."""
    found: dict[str, Template] = {}
    for block in blocks:
        for each in block.iterchildren(CAMUNDA + tag):
            value = _parameter(file, each)
            if value is not None:
                found[each.get("name") or ""] = value
    return found


def _parameter(file: ModelFile, xml: Any) -> Template | None:
    what = Sentence("Parameter {name}", name=xml.get("name"))
    if not len(xml):
        return template(file, xml, xml.text, what) or Template("")
    source = _source(file, xml[0], what)
    compiled = None if source is None else expression(file, xml, source, what)
    return None if compiled is None else Template(None, compiled)


def _source(file: ModelFile, xml: Any, what: Sentence) -> str | None:
    """FEEL for `<camunda:list>`, `<camunda:map>`, `<camunda:script>` or `<camunda:value>`; None after a problem."""
    match xml.tag.removeprefix(CAMUNDA):
        case "list":
            return _joined("[", [_source(file, each, what) for each in xml], "]")
        case "map":
            return _joined("{", [_entry(file, each, what) for each in xml], "}")
        case "script":
            return _script(file, xml, what)
    return feel_source(file, xml, xml.text, what)


def _entry(file: ModelFile, xml: Any, what: Sentence) -> str | None:
    value = _source(file, xml[0], what) if len(xml) else feel_source(file, xml, xml.text, what)
    return None if value is None else f"{quoted(xml.get('key') or '')}: {value}"


def _joined(opening: str, parts: list[str | None], closing: str) -> str | None:
    found = [part for part in parts if part is not None]
    return opening + ", ".join(found) + closing if len(found) == len(parts) else None


def _script(file: ModelFile, xml: Any, what: Sentence) -> str | None:
    language = (xml.get("scriptFormat") or "").lower()
    if language in _EXPRESSIONS and not xml.get("resource"):
        text = (xml.text or "").strip()
        return feel_source(file, xml, text if language == "juel" else f"={text}", what)
    sentence = Sentence(
        "{what} is a script in {language}, which is not run.",
        what=what,
        language=xml.get("scriptFormat") or Sentence("a language that is not named"),
    )
    file.problem("parameter-unsupported", xml, sentence, Sentence("Write its value as one FEEL expression."))
    return None
