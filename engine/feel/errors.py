"""What FEEL can refuse, and the notes it leaves where a value became null."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """Why a part of an expression became null: the reason, and where in the text (offset in code points)."""

    reason: str
    position: int


class FeelSyntaxError(ValueError):
    """The text is not FEEL: what was found, where (offset, excerpt with a caret), and what to write instead."""

    def __init__(self, reason: str, text: str, position: int, hint: str = "") -> None:
        self.reason = reason
        self.position = position
        self.excerpt = excerpt(text, position)
        self.hint = hint
        ending = f" {hint}" if hint else ""
        super().__init__(f"{reason} at position {position + 1}: {self.excerpt}.{ending}")


class FeelBudgetExceeded(RuntimeError):
    """The evaluation needs more steps, depth, memory or digits than it is granted; nothing was returned."""

    def __init__(self, what: str, limit: int, position: int | None = None) -> None:
        super().__init__(what, limit)
        self.what = what
        self.limit = limit
        self.position = position

    def locate(self, position: int) -> None:
        """Remember the innermost loop or call that was running."""
        if self.position is None:
            self.position = position

    def __str__(self) -> str:
        where = "" if self.position is None else f" at position {self.position + 1}"
        return f"The expression was stopped{where}: {self.what} (limit {self.limit:,})."


class Refused(Exception):  # a value, not a failure: it never leaves the room
    """Raised inside a built-in function: the call becomes null and the reason becomes a note."""


class NotConforming(Refused):
    """A value is not of the type asked, and no implicit conversion leads there."""


def excerpt(text: str, position: int, width: int = 20) -> str:
    """The text around `position` with `▸` before the character meant, on one line."""
    start = max(0, position - width)
    end = min(len(text), position + width)
    before, after = text[start:position], text[position:end]
    head, tail = ("…" if start else ""), ("…" if end < len(text) else "")
    return " ".join(f"“{head}{before}▸{after}{tail}”".split())
