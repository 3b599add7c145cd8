"""Every value that was sent is there at the end, in its scope, and reached whom it was for; and nothing else is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from bench.faults.judges.evidence import Evidence
from bench.faults.ledger import Errand

#: What the service itself says of who has begun it.
STARTER = {"initiator": "ann", "initiatorDepartment": "company"}


def judge(evidence: Evidence) -> Iterator[str]:
    if evidence.ledger is None:
        return
    receipts = defaultdict[str, set[str]](set)
    words = {errand.key: errand.submission("first")["variables"]["word"] for errand in evidence.ledger.all()}
    for call in evidence.calls:
        key, word = call.body.get("key"), call.body.get("word")
        receipts[key].add(call.receipt)
        if word != words.get(key, word):
            yield f"The receiver was told {word!r} for {key}."
    for errand in evidence.errands:
        found = evidence.variables(UUID(errand.instance))
        if found is None:
            yield f"There is no process instance {errand.instance}."
            continue
        receipt = found.get("receipt")
        if not errand.is_refused and receipt not in receipts[errand.key]:
            yield f"errand {errand.key}: the receipt is {receipt!r}, answered were {sorted(receipts[errand.key])}."
        yield from _compared(f"errand {errand.key}", found, _expected(errand, receipt))
        for echo in evidence.echoes.get(errand.key, ()):
            wanted = {**STARTER, "key": errand.key, "weight": _weight(errand, receipt), "told": 1}
            yield from _compared(f"echo {errand.key}", evidence.variables(echo) or {}, wanted)


def _expected(errand: Errand, receipt: Any) -> Mapping[str, Any]:
    expected = {**STARTER, "key": errand.key, "receiver": errand.receiver, "decision": errand.outcome}
    for element in errand.steps:
        expected |= errand.submission(element)["variables"]
    if errand.is_refused:
        return expected
    return expected | {"receipt": receipt, "weight": _weight(errand, receipt)}


def _weight(errand: Errand, receipt: Any) -> str:
    """What the script task makes of them."""
    return f"{errand.submission('first')['variables']['word']}/{receipt}"


def _compared(whose: str, found: Mapping[str, Any], expected: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted(found.keys() | expected.keys()):
        if name not in found:
            yield f"{whose}: the variable {name} is lost."
        elif name not in expected:
            yield f"{whose}: there is a variable {name} that nobody sent."
        elif found[name] != expected[name]:
            yield f"{whose}: {name} is {found[name]!r}, {expected[name]!r} was sent."
