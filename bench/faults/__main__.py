"""The command line of the cases; see bench/faults/__init__.py."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bench.faults import backup, disk, history, kills, outage, races, service, slow, soak, timers
from bench.faults.hunt import hunt
from bench.faults.report import Report


@dataclass(frozen=True)
class Case:
    play: Callable[..., Report]
    size: int
    help: str


CASES = {
    "errands": Case(kills.errands, 60, "nothing is broken: values, effects, moments, order, who"),
    "kills": Case(kills.kills, 30, "kill -9 of random processes under load"),
    "restarts": Case(kills.restarts, 5, "immediate restarts of PostgreSQL under load"),
    "timers": Case(timers.timers, 20_000, "eight hours of downtime: all due timers, oldest first"),
    "history": Case(history.history, 100_000, "years of ended processes beside the running ones"),
    "races": Case(races.races, 300, "24 clients complete the same user tasks"),
    "webhooks": Case(races.webhooks, 1_000, "ten senders deliver the same events"),
    "outage": Case(outage.outage, 100, "a receiver is away until the tries are over, others are not held up"),
    "away": Case(outage.away, 60, "a receiver is away for an hour, a second for each minute"),
    "slow": Case(slow.slow, 200, "clients that fall silent while they send, or do not read"),
    "disk": Case(disk.disk, 20, "the disk is full (as root)"),
    "soak": Case(soak.soak, 4, "clients work for half an hour: memory, rate, and everything else"),
    "backup": Case(backup.backup, 2, "pg_dump under load, restored and audited"),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.faults", formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.epilog = "\n".join(f"{name:12} {case.help} (size {case.size:,})" for name, case in CASES.items())
    parser.add_argument("case", choices=[*CASES, "all", "mutants"])
    parser.add_argument("--size", type=int, help="how much of it; each case has its own usual size")
    parser.add_argument("--database", choices=("postgresql", "sqlite"), default="postgresql")
    parser.add_argument("--minutes", type=float, help="soak: how long (30); away: for how long the receiver is away (60)")
    parser.add_argument("--transitions", type=int, default=0, help="kills: go on until there are so many")
    parser.add_argument("--pause", type=float, default=1.0, help="kills: seconds between two of them")
    parser.add_argument("--only", default="", help="mutants: those with this in their names")
    parser.add_argument("--nice", type=int, default=0, help="priority of the service's processes; PostgreSQL keeps its own")
    given = parser.parse_args()
    if given.nice:
        service.prefix[:] = ["nice", "-n", str(given.nice)]
    if given.case == "mutants":
        raise SystemExit(1 if hunt({name: case.play for name, case in CASES.items()}, given.only) else 0)
    broken = 0
    for name in CASES if given.case == "all" else (given.case,):
        case = CASES[name]
        more: dict[str, Any] = {"transitions": given.transitions, "pause": given.pause} if name == "kills" else {}
        if given.minutes is not None and name in ("soak", "away"):
            more["minutes"] = given.minutes
        report = case.play(given.size or case.size, given.database, **more)
        print(report, flush=True)
        broken += len(report.findings)
    raise SystemExit(1 if broken else 0)


if __name__ == "__main__":
    main()
