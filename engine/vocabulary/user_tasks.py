"""User tasks: form, due date, priority, buttons, field rights and who gets them."""

from __future__ import annotations

from typing import get_args

from engine.assignment import STRATEGIES
from engine.facts.declarations import Entry, Kind, Said
from engine.facts.user_task_facts import Access, CommentRule, Style
from engine.vocabulary.processes import SUMMARY
from engine.vocabulary.table import OWN, Choice, Element
from engine.vocabulary.texts import DESCRIBED, INPUT, OUTPUT
from engine.vocabulary.versions import FORM_BINDING, FORM_VERSION

FORM = Entry("form", Said("the form that is filled in", "要填写的表单"), Kind.FORM, takes_feel=True)
DUE = Entry(
    "due",
    Said("a duration from the creation of the task, such as P2D, or a moment", "从任务产生算起的时长，例如 P2D，或某个时刻"),
    Kind.MOMENT,
    takes_feel=True,
)
PRIORITY = Entry(
    "priority",
    Said("tasks of a higher number come first where lists are sorted by it", "数字大的排在前面"),
    Kind.NUMBER,
    default="50",
    limits=(-2_147_483_648, 2_147_483_647),
    takes_feel=True,
)
OUTCOME_VARIABLE = Entry(
    "outcomeVariable",
    Said("gets the value of the outcome that was pressed", "存入所按结论的值"),
    Kind.VARIABLE,
    default="outcome",
)
COMMENT_RULES: tuple[CommentRule, ...] = get_args(CommentRule)
COMMENT = Entry(
    "comment",
    Said("whether an opinion is written at completion", "完成时是否写意见"),
    Kind.CHOICE,
    default="optional",
    choices=COMMENT_RULES,
)

STRATEGY = Entry(
    "strategy",
    Said("the assignment strategy", "分派策略"),
    Kind.CHOICE,
    choices=STRATEGIES.keys(),
    is_required=True,
)
BY_STRATEGY = Choice(STRATEGY, STRATEGIES)
ASSIGNMENT = Element(
    f"{OWN}assignment",
    (STRATEGY,),
    help=Said(
        "who gets the task: tried in the order written until one finds somebody",
        "任务交给谁：按书写顺序逐个尝试，找到人为止",
    ),
    choice=BY_STRATEGY,
)

OUTCOME_VALUE = Entry("value", Said("what is stored when it is pressed", "按下时存入的值"), is_required=True)
OUTCOME_NAME = Entry("name", Said("what the button says; the value without it", "按钮上的文字；不写则为值"))
OUTCOME_NAME_EN = Entry("nameEn", Said("the same in English", "按钮上的英文"))
STYLES: tuple[Style, ...] = get_args(Style)
STYLE = Entry(
    "style",
    Said("how the button looks", "按钮的样式"),
    Kind.CHOICE,
    default="default",
    choices=STYLES,
)
OUTCOME_COMMENT = Entry(
    "comment",
    Said("whether an opinion is written with this outcome", "选此结论时是否写意见"),
    Kind.CHOICE,
    default="optional",
    choices=COMMENT_RULES,
)
OUTCOME = Element(
    f"{OWN}outcome",
    (OUTCOME_VALUE, OUTCOME_NAME, OUTCOME_NAME_EN, STYLE, OUTCOME_COMMENT),
    help=Said("one button; a task without outcomes has one", "一个按钮；不写结论的任务只有一个「提交」按钮"),
    key=OUTCOME_VALUE,
)

FIELD_NAME = Entry("name", Said("a variable of the form, as a whole", "表单的一个变量，整个"), Kind.VARIABLE, is_required=True)
ACCESSES: tuple[Access, ...] = get_args(Access)
ACCESS = Entry(
    "access",
    Said("what the task may do with it", "任务对它的权限"),
    Kind.CHOICE,
    default="write",
    choices=ACCESSES,
)
FIELD = Element(
    f"{OWN}field",
    (FIELD_NAME, ACCESS),
    help=Said("what the task may do with a field of its form", "任务对表单字段的权限"),
    key=FIELD_NAME,
)

#: One strategy and its parameters may be attributes of the task: what an editor's template can write.
STRATEGY_OF_TASK = Entry(
    "strategy",
    Said(
        "who gets the task, instead of a `<liuzhuan:assignment>`; the parameters are attributes of the task then",
        "任务交给谁，代替 `<liuzhuan:assignment>`；此时参数也写成任务的属性",
    ),
    Kind.CHOICE,
    choices=STRATEGIES.keys(),
)

USER_TASK, MANUAL_TASK = (
    Element(
        tag,
        (*DESCRIBED, FORM, FORM_BINDING, FORM_VERSION, DUE, PRIORITY, COMMENT, OUTCOME_VARIABLE, STRATEGY_OF_TASK),
        (ASSIGNMENT, OUTCOME, FIELD, SUMMARY, INPUT, OUTPUT),
        choice=Choice(STRATEGY_OF_TASK, STRATEGIES),
        alternatives=(OWN + STRATEGY_OF_TASK.name, ASSIGNMENT.tag),
    )
    for tag in ("userTask", "manualTask")
)
