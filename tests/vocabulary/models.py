"""A small model for every element of the table: the element is there, and a place for attributes and children of ours."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from engine.facts.declarations import Entry, Kind
from engine.vocabulary.models import MODELS
from engine.vocabulary.table import OWN, PREFIX, Element
from tests.bpmn.writing import NAMESPACES

START, END = '<startEvent id="s"/>', '<endEvent id="e"/>'
INNER = '<startEvent id="s2"/><endEvent id="e2"/><sequenceFlow id="f2" sourceRef="s2" targetRef="e2"/>'
TIMER = "<timerEventDefinition><timeDuration>P1D</timeDuration></timerEventDefinition>"


def _flow(source: str, target: str) -> str:
    return f'<sequenceFlow id="{source}_{target}" sourceRef="{source}" targetRef="{target}"/>'


def _chain(id: str, xml: str) -> str:
    return f"{START}{xml}{END}{_flow('s', id)}{_flow(id, 'e')}"


def _boundary(xml: str) -> str:
    return _chain("t", f'<subProcess id="t">{INNER}</subProcess>') + f'{xml}<endEvent id="e3"/>{_flow("x", "e3")}'


TASK = _chain("t", '<userTask id="t"/>')
CATCH = '<boundaryEvent id="x" attachedToRef="t">{x}</boundaryEvent>'
WAITS = "".join(f'<intermediateCatchEvent id="{id}">{TIMER}</intermediateCatchEvent>{_flow("x", id)}' for id in "ab")

#: What else an element needs to be accepted: more attributes, more content.
NEEDS = {
    "participant": ('processRef="p"', ""),
    "messageFlow": ('sourceRef="t" targetRef="t"', ""),
    "sequenceFlow": ('sourceRef="s" targetRef="e"', ""),
    "receiveTask": ('messageRef="m"', ""),
    "sendTask": ('messageRef="m"', ""),
    "scriptTask": ('scriptFormat="feel"', "<script>1</script>"),
    "callActivity": ('calledElement="p"', ""),
    "intermediateCatchEvent": ("", TIMER),
    "intermediateThrowEvent": ("", '<signalEventDefinition signalRef="g"/>'),
    "messageEventDefinition": ('messageRef="m"', ""),
    "boundaryEvent": ('attachedToRef="t"', TIMER),
    "multiInstanceLoopCharacteristics": ("", "<loopCardinality>2</loopCardinality>"),
    "subProcess": ("", INNER),
    "transaction": ("", INNER),
    "adHocSubProcess": ("", '<userTask id="t2"/>'),
    "message": ('name="paid"', ""),
}
#: The process around an element, `{x}` for the element; a task before and an end after it for all others.
AROUND = {
    "participant": TASK,
    "messageFlow": TASK,
    "message": _chain("t", '<receiveTask id="t" messageRef="x"/>'),
    "sequenceFlow": f"{START}{END}{{x}}",
    "startEvent": f"{{x}}{END}{_flow('x', 'e')}",
    "endEvent": f"{START}{{x}}{_flow('s', 'x')}",
    "eventBasedGateway": f"{START}{{x}}{_flow('s', 'x')}{WAITS}",
    "lane": f'<laneSet id="lanes">{{x}}</laneSet>{TASK}',
    "dataInput": f"<ioSpecification>{{x}}</ioSpecification>{TASK}",
    "dataOutput": f"<ioSpecification>{{x}}</ioSpecification>{TASK}",
    **dict.fromkeys(("textAnnotation", "dataObjectReference", "dataStoreReference"), f"{TASK}{{x}}"),
    "multiInstanceLoopCharacteristics": _chain("t", '<userTask id="t">{x}</userTask>'),
    "messageEventDefinition": _chain("t", '<intermediateThrowEvent id="t">{x}</intermediateThrowEvent>'),
    "boundaryEvent": _boundary("{x}"),
    **dict.fromkeys(("errorEventDefinition", "escalationEventDefinition"), _boundary(CATCH)),
}
#: Beside the process, for elements that stand there.
ROOTS = {
    "message": "{x}",
    **dict.fromkeys(("participant", "messageFlow"), '<collaboration id="c">{x}</collaboration>'),
}


def model_with(element: Element, attributes: str = "", children: str = "") -> bytes:
    """One element of that tag, called `x` where it has an id, with these attributes and children of extensionElements."""
    tag, inside = element.tag, f"<extensionElements>{children}</extensionElements>" if children else ""
    if tag == "process":
        return _file("", TASK, attributes, inside)
    more, content = NEEDS.get(tag, ("", ""))
    if f"{PREFIX}collection=" in attributes:
        content = ""
    id = "" if tag.endswith("Definition") else 'id="x"'
    xml = f"<{tag} {id} {more} {attributes}>{inside}{content}</{tag}>"
    around = AROUND.get(tag, _chain("x", "{x}"))
    return _file(ROOTS.get(tag, "").replace("{x}", xml), around.replace("{x}", xml))


def _file(roots: str, content: str, attributes: str = "", inside: str = "") -> bytes:
    return (
        f'<definitions {NAMESPACES} id="definitions" targetNamespace="urn:test">{roots}'
        '<message id="m" name="m"/><signal id="g" name="g"/>\n'
        f'<process id="p" isExecutable="true" {attributes}>{inside}\n{content}\n</process></definitions>'
    ).encode()


# ---------------------------------------------------------------------- names and values
def valid(entry: Entry) -> str:
    """A value that is accepted and is not the default."""
    match entry.kind:
        case Kind.CHOICE if entry.name == "strategy":
            return "initiator"
        case Kind.CHOICE:
            return next(each for each in entry.choices if each != entry.default)
        case Kind.NUMBER:
            return str(max(entry.limits[0], 7))
        case Kind.MOMENT:
            return "P3D"
        case Kind.EXPRESSION:
            return "=1 + 1"
        case Kind.STEP:
            return "x"
    return f"some-{entry.name}"


def attribute(element: Element, entry: Entry, value: str = "", name: str = "") -> str:
    """`name` in place of the declared one."""
    written = name or entry.name
    return f"{written if element.is_own else PREFIX + written}={quoteattr(value or valid(entry))}"


def child_with(child: Element, attributes: str = "", tag: str = "") -> str:
    """The child with what it must have, and these attributes."""
    required = [attribute(child, each) for each in child.attributes if each.is_required]
    missing = [each for each in required if each.partition("=")[0] not in _names(attributes)]
    return f"<{PREFIX}{tag or child.tag.removeprefix(OWN)} {' '.join(missing)} {attributes}/>"


def _names(attributes: str) -> set[str]:
    return {each.partition("=")[0] for each in attributes.split()}


#: Every attribute and every child of every element of BPMN, with the element.
PLACES = [(element, entry) for element in MODELS.values() for entry in element.attributes]
CHILDREN = [(element, child) for element in MODELS.values() for child in element.children]
