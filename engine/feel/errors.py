"""What FEEL can refuse, and the notes it leaves where a value became null."""

from dataclasses import dataclass

from engine.facts.sentences import Sentence, Spoken


@dataclass(frozen=True, slots=True)
class Note:
    """Why a part of an expression became null: the reason, and where in the text (offset in code points)."""

    reason: Sentence
    position: int


class FeelSyntaxError(Spoken, ValueError):
    """The text is not FEEL: what was found, where (offset, excerpt with a caret), and what to write instead."""

    def __init__(self, reason: Sentence, text: str, position: int, hint: Sentence | None = None) -> None:
        self.reason = reason
        self.position = position
        self.excerpt = excerpt(text, position)
        self.hint = hint
        sentence = Sentence(
            "{reason} at position {position}: {excerpt}.", reason=reason, position=position + 1, excerpt=self.excerpt
        )
        super().__init__(Sentence("{sentence} {hint}", sentence=sentence, hint=hint) if hint else sentence)


class FeelBudgetExceeded(RuntimeError):
    """The evaluation needs more steps, time, depth, memory or digits than it is granted; nothing was returned.

    `limit` is the number that was passed; None where `what` is a whole sentence that names it.
    """

    def __init__(self, what: Sentence, limit: int | None = None, position: int | None = None) -> None:
        super().__init__(what, limit)
        self.what = what
        self.limit = limit
        self.position = position

    def locate(self, position: int) -> None:
        """Remember the innermost loop or call that was running."""
        if self.position is None:
            self.position = position

    @property
    def sentence(self) -> Sentence:
        if self.limit is None:
            if self.position is None:
                return Sentence("The expression was stopped: {sentence}", sentence=self.what)
            return Sentence(
                "The expression was stopped at position {position}: {sentence}", position=self.position + 1, sentence=self.what
            )
        if self.position is None:
            return Sentence("The expression was stopped: {what} (limit {limit:,}).", what=self.what, limit=self.limit)
        return Sentence(
            "The expression was stopped at position {position}: {what} (limit {limit:,}).",
            position=self.position + 1,
            what=self.what,
            limit=self.limit,
        )

    def __str__(self) -> str:
        return str(self.sentence)


class Refused(Spoken):  # a value, not a failure: it never leaves the room
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
