"""Names that many elements have: what is shown in English, and what goes in and out."""

from __future__ import annotations

from engine.facts.declarations import Entry, Kind, Said
from engine.vocabulary.table import OWN, Element

NAME_EN = Entry(
    "nameEn", Said("the English name, shown on English pages and in their diagrams", "英文名，用于英文页面及其流程图")
)
DOCUMENTATION_EN = Entry("documentationEn", Said("the documentation in English", "英文说明"))

VARIABLE_NAME = Entry("name", Said("name of the variable", "变量名"), Kind.VARIABLE, is_required=True)
VALUE = Entry("value", Said("what it gets; empty: the empty text", "取什么值；留空为空文字"), Kind.VALUE, takes_feel=True)

INPUT = Element(
    f"{OWN}input",
    (VARIABLE_NAME, VALUE),
    help=Said(
        "a variable that the element alone sees; of a call activity, a job or a thrown event: what is handed over",
        "只有该节点看得到的变量；对调用活动、作业、抛出的事件而言是交出的内容",
    ),
    key=VARIABLE_NAME,
)
OUTPUT = Element(
    f"{OWN}output",
    (VARIABLE_NAME, VALUE),
    help=Said("what comes out of the element; without any, everything does", "节点交回的内容；一个也不写则全部交回"),
    key=VARIABLE_NAME,
)

#: Beside the name that an element is drawn with, and beside its documentation.
DRAWN = (NAME_EN,)
DESCRIBED = (NAME_EN, DOCUMENTATION_EN)
