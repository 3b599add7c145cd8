"""What a case has found: figures, and everything that must not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Finding:
    """What must not be, and by whose judgement: a name of `bench.faults.judges`, or `case`, `load` or `answers`."""

    judge: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.judge}: {self.sentence}"


@dataclass
class Report:
    name: str
    size: int
    figures: list[tuple[str, str]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, name: str, value: str) -> None:
        self.figures.append((name, value))

    def must(self, holds: bool, sentence: str, judge: str = "case") -> None:
        if not holds:
            self.findings.append(Finding(judge, sentence))

    def hold(self, findings: Iterable[Finding]) -> None:
        self.findings.extend(findings)

    @property
    def judges(self) -> Counter[str]:
        """Who has found something, and how much."""
        return Counter(finding.judge for finding in self.findings)

    def __str__(self) -> str:
        lines = [f"{self.name} ({self.size:,})", *(f"  {name}: {value}" for name, value in self.figures)]
        lines += [f"  WRONG: {finding}" for finding in self.findings[:20]]
        found = ", ".join(f"{judge} {count:,}" for judge, count in self.judges.items())
        lines.append(f"  {len(self.findings):,} findings: {found}." if found else "  Nothing lost, nothing done twice.")
        return "\n".join(lines)
