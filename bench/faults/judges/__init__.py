"""Who judges a case. Each looks at one promise, reads the tables or what came out of them, and tells what does not hold.

None of them is asked while somebody works. That each can find what it is for, `python -m bench.faults mutants` shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bench.faults.judges import audited, counts, effects, moments, order, people, values
from bench.faults.judges.evidence import Evidence

#: By name, what each finds, in sentences.
JUDGES: Mapping[str, Callable[[Evidence], Iterator[str]]] = {
    "audit": audited.judge,
    "counts": counts.judge,
    "effects": effects.judge,
    "values": values.judge,
    "moments": moments.judge,
    "order": order.judge,
    "people": people.judge,
}
