"""FEEL, the expression language of DMN 1.5 at conformance level 3. Pure: names, a clock reading and texts in, values out."""

from engine.feel.calls import fault_of
from engine.feel.errors import FeelBudgetExceeded, FeelSyntaxError, Note, Refused
from engine.feel.expression import Expression, UnaryTests, compile_expression, compile_unary_tests
from engine.feel.fixed_texts import FixedText, texts_in
from engine.feel.frames import Evaluation
from engine.feel.functions import Function, Parameter
from engine.feel.json_values import from_json, to_json
from engine.feel.ranges import Range
from engine.feel.temporal.durations import DayTimeDuration, YearMonthDuration
from engine.feel.temporal.values import Date, DateTime, Time
from engine.feel.text import text_of
from engine.feel.values import kind_of, value_of

__all__ = [
    "Date",
    "DateTime",
    "DayTimeDuration",
    "Evaluation",
    "Expression",
    "FeelBudgetExceeded",
    "FeelSyntaxError",
    "FixedText",
    "Function",
    "Note",
    "Parameter",
    "Range",
    "Refused",
    "Time",
    "UnaryTests",
    "YearMonthDuration",
    "compile_expression",
    "compile_unary_tests",
    "fault_of",
    "from_json",
    "kind_of",
    "text_of",
    "texts_in",
    "to_json",
    "value_of",
]
