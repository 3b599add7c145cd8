"""A process instance in memory: the outermost scope."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal

from engine.bpmn.contract import Scope, Token
from engine.bpmn.expressions import as_text
from engine.bpmn.host import Host
from engine.bpmn.model import Process
from engine.bpmn.running import stepping
from engine.bpmn.running.runtime import Runtime
from engine.bpmn.running.scopes import ScopeLife
from engine.bpmn.substrate import SpiffInstance
from engine.bpmn.variables import Variables
from engine.facts.events import ProcessInstanceEnded, Reason
from engine.facts.widths import TITLE


class Instance(ScopeLife, SpiffInstance):
    """It begins without any token."""

    def __init__(self, process: Process, definition: str, variables: Variables, host: Host, now: datetime) -> None:
        self.runtime = Runtime(definition, host, now)
        super().__init__(process.spec, self.runtime.inner_scopes)
        self.process = process
        self.begin_life("process", None, variables, definition)
        self.runtime.current = self

    @property
    def live(self) -> Mapping[int, Token]:
        """Every token, also of the scopes inside, by its number."""
        return self.runtime.live

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Itself and all open scopes inside."""
        return (self, *self.runtime.inner_scopes.values())

    def title(self) -> str:
        """As its variables are now; empty when the model has none, cut with an ellipsis when it is too long."""
        title = self.process.title
        text = "" if title is None else title.text(self.variables, self.environment)
        return text if len(text) <= TITLE else f"{text[: TITLE - 1]}…"

    def business_key(self) -> str | None:
        """What the model says people call this case, as its variables are now."""
        key = self.process.business_key
        return None if key is None else as_text(key.evaluate(self.variables, self.environment))

    def run(self) -> None:
        """Steps until every path waits or the instance has ended."""
        stepping.run(self.runtime, self)

    def conclude(self) -> None:
        self.mark_over(is_success=True)
        outcome: Literal["completed", "terminated"] = "terminated" if self.was_terminated else "completed"
        self.runtime.announce(ProcessInstanceEnded(*self.runtime.last_completed, outcome))

    def abort(self, token: Token, code: str | None) -> None:
        self._end_at_once("process ended")
        self.runtime.announce(ProcessInstanceEnded(*token.origin, "error", code))

    def cancel_all(self) -> None:
        """Ends without any of its end events."""
        self._end_at_once("cancelled")
        self.runtime.announce(ProcessInstanceEnded(0, self.spec.name, self.definition, "cancelled"))

    def _end_at_once(self, reason: Reason) -> None:
        self.drop_all(reason)
        self.runtime.queue.clear()
        self.agenda = []
        self.close()
        self.mark_over(is_success=False)
