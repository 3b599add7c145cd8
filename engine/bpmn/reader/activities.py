"""What all activities share: quantities, loops, data associations, compensation."""

from __future__ import annotations

from typing import Any

from engine.bpmn.elements.loops.multi_instance import MultiInstance
from engine.bpmn.elements.loops.standard import StandardLoop
from engine.bpmn.elements.tasks.activity import Activity, DataAssociation
from engine.bpmn.limits import MAX_LOOP_ROUNDS, MAX_QUANTITY
from engine.bpmn.reader.definitions import event_definition, event_definitions
from engine.bpmn.reader.extensions import extensions, vendor
from engine.bpmn.reader.file import ModelFile, whole_number
from engine.bpmn.reader.namespaces import BPMN, ZEEBE
from engine.bpmn.reader.own import own
from engine.bpmn.reader.texts import expression
from engine.facts.sentences import Sentence
from engine.vocabulary import models as declared

_LOOP = f"{BPMN}standardLoopCharacteristics"
_MULTI_INSTANCE = f"{BPMN}multiInstanceLoopCharacteristics"


def read_activity(file: ModelFile, activity: Activity, xml: Any) -> None:
    activity.start_quantity = whole_number(file, xml, "startQuantity", 1, 1, MAX_QUANTITY)
    activity.completion_quantity = whole_number(file, xml, "completionQuantity", 1, 1, MAX_QUANTITY)
    activity.is_for_compensation = xml.get("isForCompensation") == "true"
    activity.data_inputs = _associations(file, xml, "dataInputAssociation")
    activity.data_outputs = _associations(file, xml, "dataOutputAssociation")
    loop, multi_instance = xml.find(_LOOP), xml.find(_MULTI_INSTANCE)
    if loop is not None:
        activity.loop = _standard_loop(file, loop)
    elif multi_instance is not None:
        activity.loop = _multi_instance(file, multi_instance)


def _associations(file: ModelFile, xml: Any, tag: str) -> list[DataAssociation]:
    """Only those with a source and a target copy anything."""
    found = []
    for association in xml.iterchildren(BPMN + tag):
        source = (association.findtext(f"{BPMN}sourceRef") or "").strip()
        target = (association.findtext(f"{BPMN}targetRef") or "").strip()
        if source and target:
            found.append(DataAssociation(_data_name(file, source), _data_name(file, target)))
    return found


def _data_name(file: ModelFile, id: str) -> str:
    """The variable behind a reference: a data object reference stands for its data object."""
    xml = file.by_id.get(id)
    if xml is not None and xml.tag == f"{BPMN}dataObjectReference":
        return str(xml.get("dataObjectRef") or id)
    return id


# ---------------------------------------------------------------------- loops
def _standard_loop(file: ModelFile, xml: Any) -> StandardLoop:
    condition = None
    if xml.find(f"{BPMN}loopCondition") is not None:
        condition = expression(file, xml, xml.findtext(f"{BPMN}loopCondition"), Sentence("The loop condition"))
    maximum = None
    if xml.get("loopMaximum") is not None:
        maximum = whole_number(file, xml, "loopMaximum", 0, 0, MAX_LOOP_ROUNDS)
    if condition is None and maximum is None and xml.find(f"{BPMN}loopCondition") is None:
        file.problem(
            "loop-endless",
            xml,
            Sentence("The loop never ends: it has no condition and no maximum."),
            Sentence("Write a loop condition."),
        )
    return StandardLoop(condition, maximum, xml.get("testBefore") == "true")


def _multi_instance(file: ModelFile, xml: Any) -> MultiInstance:
    loop = MultiInstance(is_sequential=xml.get("isSequential") == "true")
    _items(file, loop, xml)
    _collected(file, loop, xml)
    if xml.find(f"{BPMN}completionCondition") is not None:
        text = xml.findtext(f"{BPMN}completionCondition")
        loop.completion = expression(file, xml, text, Sentence("The completion condition"))
    _behavior(file, loop, xml)
    return loop


def _items(file: ModelFile, loop: MultiInstance, xml: Any) -> None:
    zeebe = _zeebe(xml)
    collection = own(xml, declared.COLLECTION) or zeebe("inputCollection")
    vendors = vendor(xml, "collection")
    named = own(xml, declared.ELEMENT) or zeebe("inputElement") or vendor(xml, "elementVariable")
    loop.element = named or _item(xml, "inputDataItem")
    reference = (xml.findtext(f"{BPMN}loopDataInputRef") or "").strip()
    if collection:
        loop.collection = expression(file, xml, collection, Sentence("The collection"))
    elif vendors or reference:
        if "{" in vendors:
            loop.collection = expression(file, xml, vendors, Sentence("The collection"))
        else:
            loop.collection_variable = vendors or _data_name(file, reference)
    elif xml.find(f"{BPMN}loopCardinality") is not None:
        loop.cardinality = expression(file, xml, xml.findtext(f"{BPMN}loopCardinality"), Sentence("The number of instances"))
    else:
        sentence = Sentence("The multi-instance has neither a collection nor a number of instances.")
        file.problem("multi-instance-empty", xml, sentence, Sentence("Give it liuzhuan:collection or a loopCardinality."))


def _collected(file: ModelFile, loop: MultiInstance, xml: Any) -> None:
    zeebe = _zeebe(xml)
    reference = (xml.findtext(f"{BPMN}loopDataOutputRef") or "").strip()
    named = own(xml, declared.OUTPUT_COLLECTION) or zeebe("outputCollection")
    loop.output_collection = named or _data_name(file, reference)
    element = own(xml, declared.OUTPUT_ELEMENT) or zeebe("outputElement")
    if element:
        loop.output_element = expression(file, xml, element, Sentence("The output element"))
    loop.output_item = _item(xml, "outputDataItem")


def _zeebe(xml: Any) -> Any:
    found = next(extensions(xml, f"{ZEEBE}loopCharacteristics"), None)
    return lambda name: "" if found is None else (found.get(name) or "")


def _item(xml: Any, tag: str) -> str:
    item = xml.find(BPMN + tag)
    return "" if item is None else (item.get("name") or item.get("id") or "")


def _behavior(file: ModelFile, loop: MultiInstance, xml: Any) -> None:
    """Events that completed instances throw to the boundary."""
    behavior = xml.get("behavior", "All")
    if behavior in ("None", "One", "Complex"):
        loop.behavior = behavior
    reference = xml.get("oneBehaviorEventRef") or xml.get("noneBehaviorEventRef")
    if reference:
        source = file.by_id.get(reference)
        if source is None or not source.tag.endswith("EventDefinition"):
            file.problem("unknown-reference", xml, Sentence("There is no event definition {reference}.", reference=reference))
        else:
            loop.behavior_event = event_definition(file, source)
    loop.complex_behavior = [
        pair for each in xml.iterchildren(f"{BPMN}complexBehaviorDefinition") for pair in _complex(file, each)
    ]


def _complex(file: ModelFile, xml: Any) -> Any:
    condition = expression(file, xml, xml.findtext(f"{BPMN}condition"), Sentence("The condition of the behavior"))
    event = xml.find(f"{BPMN}event")
    definitions = [] if event is None else event_definitions(file, event)
    if condition is not None and definitions:
        yield condition, definitions[0]
