"""What every type of FEEL answers; the types themselves are in engine.feel.types."""

from __future__ import annotations

from typing import Any


class FeelType:
    """A type. `conforms` answers for values that are not null: null conforms to every type."""

    def conforms(self, value: Any) -> bool:
        """Whether a value that is not null is an instance of this type."""
        raise NotImplementedError

    def coerced(self, value: Any) -> Any:
        """The value as this type asks for it: itself, or what it is converted to. Raises NotConforming."""
        raise NotImplementedError
