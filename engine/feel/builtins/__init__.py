"""The functions of the standard (DMN 1.5, §10.3.4), one file per family; importing the package registers them all."""

from engine.feel.builtins import boolean, numeric

__all__ = ["boolean", "numeric"]
