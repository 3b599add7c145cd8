"""Work that is done elsewhere: a connector of this service, or a topic for workers elsewhere."""

from __future__ import annotations

from engine.facts.declarations import Entry, Kind, Said
from engine.vocabulary.table import OWN, Element
from engine.vocabulary.texts import DESCRIBED, INPUT, OUTPUT
from engine.vocabulary.versions import BINDING, VERSION

RETRIES = Entry(
    "retries",
    Said("how often it is tried again before it becomes an incident", "失败后重试几次，用完成为异常"),
    Kind.NUMBER,
    default="3",
    limits=(0, 100),
)
TOPIC = Entry("topic", Said("leaves the work to a worker elsewhere, who asks for this topic", "交给外部工作者，按此主题领取"))

CONNECTOR_NAME = Entry("name", Said("name of the connector", "连接器的名称"), Kind.CONNECTOR, is_required=True)
CONNECTOR = Element(
    f"{OWN}connector",
    (CONNECTOR_NAME, RETRIES),
    (INPUT, OUTPUT),
    help=Said("has the work done by a connector of this service; its inputs are below", "由本服务的连接器完成；其输入见下"),
    most=1,
)
#: The connector as an attribute: what an editor's template can write. Its inputs are those of the task then.
CONNECTOR_OF_TASK = Entry(
    "connector",
    Said(
        "the connector, instead of a `<liuzhuan:connector>`; the inputs and outputs of the task are its own then",
        "连接器，代替 `<liuzhuan:connector>`；此时任务的输入与输出就是它的",
    ),
    Kind.CONNECTOR,
)

DECISION = Entry("decision", Said("the decision that is asked", "要询问的决策"), Kind.DECISION, takes_feel=True)
RESULT_VARIABLE = Entry("resultVariable", Said("gets the result", "存入结果的变量"), Kind.VARIABLE)

SERVICE_TASK, SEND_TASK = (
    Element(
        tag,
        (*DESCRIBED, CONNECTOR_OF_TASK, TOPIC, RETRIES),
        (CONNECTOR, INPUT, OUTPUT),
        alternatives=(OWN + CONNECTOR_OF_TASK.name, OWN + TOPIC.name),
    )
    for tag in ("serviceTask", "sendTask")
)
BUSINESS_RULE_TASK = Element(
    "businessRuleTask",
    (*DESCRIBED, DECISION, RESULT_VARIABLE, BINDING, VERSION, TOPIC, RETRIES),
    (INPUT, OUTPUT),
    alternatives=(OWN + DECISION.name, OWN + TOPIC.name),
)
SCRIPT_TASK = Element("scriptTask", (*DESCRIBED, RESULT_VARIABLE, TOPIC, RETRIES), (INPUT, OUTPUT))
THROW_EVENT, END_EVENT = (
    Element(tag, (*DESCRIBED, TOPIC, RETRIES), (INPUT, OUTPUT)) for tag in ("intermediateThrowEvent", "endEvent")
)
MESSAGE_EVENT_DEFINITION = Element("messageEventDefinition", (TOPIC,))
