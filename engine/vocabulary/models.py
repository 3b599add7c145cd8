"""The table of BPMN: every element that may have something of ours."""

from __future__ import annotations

from engine.facts.declarations import Entry, Kind, Said
from engine.vocabulary.processes import PROCESS
from engine.vocabulary.table import Element, table
from engine.vocabulary.texts import DESCRIBED, DRAWN, INPUT, OUTPUT
from engine.vocabulary.user_tasks import MANUAL_TASK, USER_TASK
from engine.vocabulary.versions import BINDING, FORM_BINDING, FORM_VERSION, VERSION
from engine.vocabulary.work import (
    BUSINESS_RULE_TASK,
    END_EVENT,
    MESSAGE_EVENT_DEFINITION,
    SCRIPT_TASK,
    SEND_TASK,
    SERVICE_TASK,
    THROW_EVENT,
)

START_FORM = Entry("form", Said("the form that starts the process", "发起时填写的表单"), Kind.FORM)
START_EVENT = Element("startEvent", (*DESCRIBED, START_FORM, FORM_BINDING, FORM_VERSION), (OUTPUT,))

CORRELATION_KEY = Entry(
    "correlationKey",
    Said(
        "which instance the message is for: evaluated in the receiver when it begins to wait, and in the thrower when it throws",
        "消息给哪个实例：接收方开始等待时、发送方发出时计算",
    ),
    Kind.VALUE,
    takes_feel=True,
)
CODE_VARIABLE = Entry("codeVariable", Said("gets the code of what is caught", "存入捕获到的代码"), Kind.VARIABLE)
MESSAGE_VARIABLE = Entry(
    "messageVariable", Said("gets the text of the error that is caught", "存入捕获到的错误文字"), Kind.VARIABLE
)

COLLECTION = Entry("collection", Said("a list: one instance for each of its items", "一个列表：每一项一个实例"), Kind.EXPRESSION)
ELEMENT = Entry("element", Said("the variable that has the item", "存放当前项的变量"), Kind.VARIABLE)
OUTPUT_COLLECTION = Entry(
    "outputCollection", Said("the variable that gets the list of the results", "存入结果列表的变量"), Kind.VARIABLE
)
OUTPUT_ELEMENT = Entry("outputElement", Said("the result of one instance", "一个实例的结果"), Kind.EXPRESSION)

MODELS = table(
    PROCESS,
    *(Element(tag, DRAWN) for tag in ("participant", "lane", "sequenceFlow", "messageFlow", "textAnnotation")),
    *(Element(tag, DRAWN) for tag in ("dataObjectReference", "dataStoreReference", "dataInput", "dataOutput")),
    START_EVENT,
    *(Element(tag, DESCRIBED, (OUTPUT,)) for tag in ("intermediateCatchEvent", "boundaryEvent")),
    THROW_EVENT,
    END_EVENT,
    *(Element(f"{kind}Gateway", DESCRIBED) for kind in ("exclusive", "parallel", "inclusive", "complex", "eventBased")),
    *(Element(tag, DESCRIBED, (INPUT, OUTPUT)) for tag in ("task", "receiveTask")),
    USER_TASK,
    MANUAL_TASK,
    SERVICE_TASK,
    SEND_TASK,
    BUSINESS_RULE_TASK,
    SCRIPT_TASK,
    *(Element(tag, DESCRIBED, (INPUT, OUTPUT)) for tag in ("subProcess", "transaction", "adHocSubProcess")),
    Element("callActivity", (*DESCRIBED, BINDING, VERSION), (INPUT, OUTPUT)),
    Element("multiInstanceLoopCharacteristics", (COLLECTION, ELEMENT, OUTPUT_COLLECTION, OUTPUT_ELEMENT)),
    Element("message", (CORRELATION_KEY,)),
    Element("errorEventDefinition", (CODE_VARIABLE, MESSAGE_VARIABLE)),
    Element("escalationEventDefinition", (CODE_VARIABLE,)),
    MESSAGE_EVENT_DEFINITION,
)
