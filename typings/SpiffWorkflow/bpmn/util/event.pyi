from typing import Any

class EventManager:
    def __init__(self, workflow: Any) -> None: ...
