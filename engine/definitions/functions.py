"""What expressions of processes and decisions may call beside the functions of FEEL itself: working days and hours."""

from __future__ import annotations

from collections.abc import Mapping

from engine.calendars import CHINA
from engine.calendars.functions import functions_of
from engine.feel import Function

FUNCTIONS: Mapping[str, Function] = functions_of(CHINA)
