"""What is asked: each list with each of its filters, with values that fit something and values that fit nothing.

A test holds this table against the route table, so that a list or a filter that nobody measures is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from urllib.parse import urlencode

#: A filter by name, with its values. `{instance}` and others stand for what `facts` finds in the database.
Filters = Mapping[str, tuple[str, ...]]

NOTHING = "00000000-0000-7000-8000-000000000000"
_SPANS: Filters = {
    "startedFrom": ("{yesterday}", "2999-01-01T00:00:00Z"),
    "startedBefore": ("{yesterday}", "1999-01-01T00:00:00Z"),
}
_TEXTS = ("北京", "HT-00012345", "设备采购4711", "没有这样的文字")


@dataclass(frozen=True, slots=True)
class Listed:
    """A route that answers a list. `always` is part of every question."""

    rule: str
    filters: Filters = field(default_factory=dict)
    always: Mapping[str, str] = field(default_factory=dict)


LISTS: tuple[Listed, ...] = (
    Listed(
        "/api/v1/user-tasks",
        {
            "status": ("open", "completed", "cancelled", "all"),
            "view": ("mine", "claimable", "done"),
            "processInstanceId": ("{instance}", "{ended}", NOTHING),
            "processDefinitionKey": ("sales-request", "nothing"),
            "assignee": ("{asker}", "p7", "nobody"),
            "candidateGroup": ("role:clerk", "role:lawyer@d2", "role:r4@d4", "role:nobody"),
            "text": _TEXTS,
            "dueFrom": ("{yesterday}", "2999-01-01T00:00:00Z"),
            "dueBefore": ("{yesterday}", "1999-01-01T00:00:00Z"),
            "hasDue": ("true", "false"),
            "leastPriority": ("75", "1000"),
            "sort": ("created", "due", "priority"),
        },
    ),
    Listed(
        "/api/v1/process-instances",
        {
            "processDefinitionKey": ("sales-request", "nothing"),
            "processDefinitionId": ("{definition}", NOTHING),
            "status": ("running", "suspended", "ended"),
            "open": ("true", "false"),
            "initiator": ("{asker}", "p7", "nobody"),
            "businessKey": ("HT-00012345", "nothing"),
            "withIncidents": ("true", "false"),
            "text": _TEXTS,
            "element": ("register", "book", "payment", "slow", "nothing"),
            **_SPANS,
        },
    ),
    Listed("/api/v1/process-instances/{instance}/history"),
    Listed("/api/v1/process-instances/{instance}/record"),
    Listed("/api/v1/process-instances/{instance}/decisions"),
    Listed("/api/v1/process-instances/{instance}/tokens"),
    Listed("/api/v1/incidents", {"status": ("open", "all"), "processInstanceId": ("{instance}", "{failed}", NOTHING)}),
    Listed(
        "/api/v1/jobs",
        {
            "status": ("open", "failed", "completed", "cancelled", "all"),
            "processInstanceId": ("{instance}", "{failed}", NOTHING),
            "connector": ("booking", "nothing"),
        },
    ),
    Listed("/api/v1/attachments", {"processInstanceId": ("{instance}", "{ended}")}, {"processInstanceId": "{instance}"}),
    Listed("/api/v1/decisions"),
    Listed("/api/v1/process-definitions", {"key": ("sales-request", "nothing"), "startable": ("true", "false")}),
    Listed("/api/v1/process-definitions/sales-request/versions"),
    Listed("/api/v1/people", {"text": ("p7", "nobody"), "role": ("r1", "nothing"), "department": ("d1", "nothing")}),
    Listed("/api/v1/departments"),
    Listed("/api/v1/tokens"),
    Listed("/api/v1/webhook-endpoints"),
    Listed("/api/v1/secrets"),
    Listed("/api/v1/webhook-endpoints/{endpoint}/deliveries"),
    Listed(
        "/user-tasks",
        {
            "list": ("mine", "claimable", "done"),
            "q": _TEXTS,
            "process": ("sales-request", "nothing"),
            "due": ("overdue", "today", "week", "none"),
            "urgent": ("1",),
            "sort": ("created", "due", "priority"),
            "pane": ("1",),
            "current": (NOTHING,),
        },
    ),
    Listed("/user-tasks/waiting"),
    Listed(
        "/started",
        {
            "state": ("running", "suspended", "ended"),
            "q": _TEXTS,
            "process": ("sales-request", "nothing"),
            "initiator": ("{asker}", "nobody"),
            "step": ("register", "nothing"),
            "incidents": ("1",),
            "from": ("{day}", "2999-01-01"),
            "to": ("{day}", "1999-01-01"),
        },
    ),
    Listed(
        "/process-instances",
        {
            "state": ("running", "suspended", "ended"),
            "q": _TEXTS,
            "process": ("sales-request", "nothing"),
            "initiator": ("p7", "nobody"),
            "step": ("register", "payment", "nothing"),
            "incidents": ("1",),
            "from": ("{day}", "2999-01-01"),
            "to": ("{day}", "1999-01-01"),
        },
    ),
    Listed("/incidents"),
    Listed("/notifications"),
    Listed("/webhook-endpoints"),
    Listed("/secrets"),
    Listed("/webhook-endpoints/{endpoint}"),
    Listed("/process-definitions", {"q": ("销售", "nothing")}),
    Listed("/decisions", {"q": ("销售", "nothing")}),
    Listed("/forms", {"q": ("销售", "nothing")}),
    Listed("/organisation", {"q": ("p7", "nobody"), "department": ("d1", "nothing")}),
    Listed("/start"),
    Listed("/user-tasks/{task}"),
    Listed("/process-instances/{instance}"),
    Listed("/metrics"),
)

#: The other pages without a name of something in their address: a form, a file, what the service says of itself. No lists.
NO_LISTS = frozenset(
    {
        "/",
        "/api",
        "/api/openapi.json",
        "/healthz",
        "/readyz",
        "/sign-in",
        "/profile",
        "/profile/password",
        "/icon.svg",
        "/deployments/new",
        "/deployments/element-templates",
        "/webhook-endpoints/new",
        "/secrets/set",
    }
)

#: Filters that look for a text inside of other texts: no index gives that within a page's time everywhere.
SEARCHES = frozenset({"text", "q"})
#: Beside the filters every list may have these: they say which part of it is wanted.
PAGING = frozenset({"after", "limit"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, by its address and arguments."""

    path: str
    query: Mapping[str, str]

    @property
    def address(self) -> str:
        return f"{self.path}?{urlencode(self.query)}" if self.query else self.path

    @property
    def is_search(self) -> bool:
        return not SEARCHES.isdisjoint(self.query)


def questions(facts: Mapping[str, str], asker: str, *, of: Listed | None = None, with_pairs: bool = False) -> Iterator[Question]:
    """Of each list: without a filter, each value of each filter alone, and each pair of two."""
    known = {**facts, "asker": asker}
    for listed in LISTS if of is None else (of,):
        for query in _queries(listed, with_pairs):
            told = {name: value.format_map(known) for name, value in query.items()}
            yield Question(listed.rule.format_map(known), told)


def _queries(listed: Listed, with_pairs: bool) -> Iterator[dict[str, str]]:
    yield dict(listed.always)
    single = [(name, value) for name, values in listed.filters.items() for value in values]
    for name, value in single:
        yield {**listed.always, name: value}
    for (first, value), (second, other) in combinations(single, 2) if with_pairs else ():
        if first != second:
            yield {**listed.always, first: value, second: other}
