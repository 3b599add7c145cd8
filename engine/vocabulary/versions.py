"""Which version of a form, a decision or a process an element means."""

from __future__ import annotations

from engine.facts.declarations import Entry, Kind, Said

_BINDINGS = ("latest", "deployment", "version")
_NUMBERS = (1, 1_000_000)

BINDING = Entry(
    "binding",
    Said(
        "which version of the decision or process is meant; `deployment`: the newest at the time the process was deployed",
        "指哪个版本的决策或流程；`deployment`：实例的流程部署时的最新版",
    ),
    Kind.CHOICE,
    default="latest",
    choices=_BINDINGS,
)
VERSION = Entry("version", Said("the number of that version", "该版本的编号"), Kind.NUMBER, limits=_NUMBERS)

FORM_BINDING = Entry(
    "formBinding",
    Said(
        "which version of the form is shown; without it the one that belongs to the process",
        "显示哪个版本的表单；不写则为属于该流程的版本",
    ),
    Kind.CHOICE,
    choices=_BINDINGS,
)
FORM_VERSION = Entry("formVersion", Said("the number of that version", "该版本的编号"), Kind.NUMBER, limits=_NUMBERS)
