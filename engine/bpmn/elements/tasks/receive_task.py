"""The receive task: waits for a message (BPMN §10.3.4.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from engine.bpmn.elements.tasks.activity import Activity
from engine.bpmn.substrate import WAITING
from engine.bpmn.tokens import Token

if TYPE_CHECKING:
    from engine.bpmn.subscriptions import Subscription


class ReceiveTask(Activity):
    kind = "receiveTask"
    waiting_state: ClassVar[int] = WAITING
    is_instantiating = False

    def execute(self, token: Token) -> bool | None:
        if token.marks.pop("happened", False) or not self.definitions:
            self.take_over(token)
            return True
        for definition in self.definitions:
            token.scope.instance.all_subscriptions.subscribe("catch", token, self, definition)
        return None

    def caught(self, token: Token, subscription: Subscription, submitted: Mapping[str, Any] | None) -> None:
        token.scope.instance.all_subscriptions.close_all(token)
        token.submitted = submitted
        token.scope.instance.queue.append((Token.finish, token))
