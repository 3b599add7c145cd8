"""A process: how its cases are called, who starts and who looks after them."""

from __future__ import annotations

from engine.facts.declarations import Entry, Kind, Said
from engine.vocabulary.table import OWN, Element
from engine.vocabulary.texts import DESCRIBED

AREA = Entry("area", Said("the heading under which it is listed", "归入哪个栏目"))
TITLE = Entry(
    "title",
    Said(
        "what people call an instance, at most 300 characters; evaluated at the start and when something it reads has changed",
        "实例的标题，超过 300 个字符的部分略去；发起时计算，所读的变量变化时重算",
    ),
    takes_feel=True,
)
BUSINESS_KEY = Entry(
    "businessKey",
    Said("the number people know an instance by; evaluated like the title", "实例的业务编号；与标题同时计算"),
    takes_feel=True,
)

ROLE = Entry("role", Said("id of the role", "角色的 id"), Kind.ROLE, is_required=True)
DEPARTMENT = Entry("department", Said("only those of this department", "仅限该部门"), Kind.DEPARTMENT)
STARTER = Element(
    f"{OWN}starter",
    (ROLE, DEPARTMENT),
    help=Said("who may start it; without one everybody with the right *start*", "谁可以发起；不写则有「发起」权限的人都可以"),
)
ADMINISTRATOR = Element(
    f"{OWN}administrator",
    (ROLE,),
    help=Said("who looks after its instances", "谁管理它的实例"),
)

#: A list has room for so many.
MOST_SUMMARIES = 3
SUMMARY_NAME = Entry("name", Said("what it is, such as Amount", "内容的名称，例如金额"), is_required=True)
SUMMARY_NAME_EN = Entry("nameEn", Said("the name in English", "英文名称"))
SUMMARY_VALUE = Entry("value", Said("what is shown", "显示什么"), Kind.VALUE, is_required=True, takes_feel=True)
UNIT = Entry("unit", Said("written behind a number", "写在数字后面的单位"))
UNIT_EN = Entry("unitEn", Said("the unit in English", "英文单位"))
SUMMARY = Element(
    f"{OWN}summary",
    (SUMMARY_NAME, SUMMARY_NAME_EN, SUMMARY_VALUE, UNIT, UNIT_EN),
    help=Said(
        "up to three things that lists show beside the title, such as an amount; a user task may have its own. Fixed when a user "
        "task is created; what the search of the inbox finds; not hidden by the rights of fields",
        "摘要：列表在标题旁显示的内容，例如金额，最多三项；用户任务可以有自己的摘要。产生用户任务时确定；可在待办中搜索；不受字段权限约束",
    ),
    most=MOST_SUMMARIES,
    key=SUMMARY_NAME,
)

PROCESS = Element("process", (*DESCRIBED, AREA, TITLE, BUSINESS_KEY), (STARTER, ADMINISTRATOR, SUMMARY))
