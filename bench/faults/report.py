"""What a case has found: figures, and everything that must not be."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Report:
    name: str
    size: int
    figures: list[tuple[str, str]] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)

    def add(self, name: str, value: str) -> None:
        self.figures.append((name, value))

    def must(self, holds: bool, sentence: str) -> None:
        if not holds:
            self.findings.append(sentence)

    def __str__(self) -> str:
        lines = [f"{self.name} ({self.size:,})", *(f"  {name}: {value}" for name, value in self.figures)]
        lines += [f"  WRONG: {sentence}" for sentence in self.findings[:20]]
        lines.append(f"  {len(self.findings)} findings." if self.findings else "  Nothing lost, nothing done twice.")
        return "\n".join(lines)
