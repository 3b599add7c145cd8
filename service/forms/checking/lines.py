"""Lines of a form file, by the ids and keys of its components."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any


class Lines:
    """Looks for the text of an id, for JSON keeps no lines when it is read."""

    def __init__(self, content: bytes) -> None:
        self._text = content.decode("utf-8", "replace")

    def of(self, component: Mapping[str, Any]) -> int:
        """0 when the file does not have it, as a form that is made of a model."""
        for name in ("id", "key", "path"):
            value = component.get(name)
            if isinstance(value, str) and value:
                found = re.search(rf'"{name}"\s*:\s*{re.escape(json.dumps(value, ensure_ascii=False))}', self._text)
                if found:
                    return self._text.count("\n", 0, found.start()) + 1
        return 0
