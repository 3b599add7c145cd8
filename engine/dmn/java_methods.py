"""Well-known pure methods of Java, answered by Python: models of other engines call them as external functions.

No Java is run and nothing is looked up outside this closed table: a method is known by its class and its signature as the
standard writes it (DMN 1.5, clause 10.3.2.13.3), or it is refused.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from engine.dmn.java_format import java_format, java_text
from engine.dmn.java_values import CONVERSIONS, JavaFault, from_java, read_number
from engine.facts.sentences import Sentence

Method = Callable[..., Any]
#: Class, method and types of the parameters.
Signature = tuple[str, str, tuple[str, ...]]

MATH = "java.lang.Math"
STRING = "java.lang.String"
FLOATING = ("double", "float")
WHOLE = ("int", "long")
#: The classes of the primitive types, with the method that reads a text.
BOXES = {
    "byte": ("java.lang.Byte", "parseByte"),
    "short": ("java.lang.Short", "parseShort"),
    "int": ("java.lang.Integer", "parseInt"),
    "long": ("java.lang.Long", "parseLong"),
    "float": ("java.lang.Float", "parseFloat"),
    "double": ("java.lang.Double", "parseDouble"),
}


def call_java(class_name: Any, signature: Any, arguments: list[Any]) -> Any:
    """What the method gives for FEEL values. Raises JavaFault for an unknown method and for arguments it does not take."""
    if not isinstance(class_name, str) or not isinstance(signature, str):
        raise JavaFault(Sentence("an external function names its class and its method signature"))
    name, parameters = _parsed(signature)
    method = METHODS.get((class_name, name, parameters))
    if method is None:
        raise JavaFault(
            Sentence(
                "Java is not run, and {method} is not among the methods known here",
                method=f"{class_name}.{signature}",
            )
        )
    converted = _converted(arguments, parameters)
    try:
        return from_java(method(*converted))
    except (ArithmeticError, ValueError) as fault:
        raise JavaFault(Sentence("{method}: {why}", method=f"{class_name}.{signature}", why=str(fault))) from None


def _parsed(signature: str) -> tuple[str, tuple[str, ...]]:
    """`max(int, int)` → the name and the types; no type for a signature that is not written so."""
    name, _, rest = signature.partition("(")
    types = rest.strip().removesuffix(")")
    return name.strip(), tuple(each.strip() for each in types.split(",")) if types.strip() else ()


def _converted(arguments: list[Any], parameters: tuple[str, ...]) -> list[Any]:
    """The arguments as Java takes them; an array at the end takes all that are left."""
    fixed = parameters[:-1] if parameters and parameters[-1].startswith("[") else parameters
    rest = arguments[len(fixed) :]
    if len(arguments) < len(fixed) or (rest and fixed is parameters):
        raise JavaFault(
            Sentence(
                "the method takes {count} {count:argument|arguments}, not {given}", count=len(parameters), given=len(arguments)
            )
        )
    values = [CONVERSIONS[type_](value) for type_, value in zip(fixed, arguments, strict=False)]
    return values if fixed is parameters else [*values, rest]


def _each(class_name: str, methods: Mapping[str, Method], types: Iterable[tuple[str, ...]]) -> dict[Signature, Method]:
    return {(class_name, name, parameters): method for name, method in methods.items() for parameters in types}


def _itself(value: Any) -> Any:
    return value


def _signum(value: float) -> float:
    return value if value == 0 or math.isnan(value) else math.copysign(1.0, value)


def _half_even(value: float) -> float:
    return float(Decimal(value).quantize(Decimal(1), ROUND_HALF_EVEN)) if abs(value) < 2**52 else value


def _ceil(value: float) -> float:
    return float(math.ceil(value))


def _floor(value: float) -> float:
    return float(math.floor(value))


def _round(value: float) -> int:
    return math.floor(value + 0.5)


def _cube_root(value: float) -> float:
    return math.copysign(abs(value) ** (1 / 3), value)


OF_ONE_DOUBLE: dict[str, Method] = {
    **{name: getattr(math, name) for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh")},
    "exp": math.exp,
    "expm1": math.expm1,
    "log": math.log,
    "log10": math.log10,
    "log1p": math.log1p,
    "sqrt": math.sqrt,
    "cbrt": _cube_root,
    "ceil": _ceil,
    "floor": _floor,
    "rint": _half_even,
    "signum": _signum,
    "toDegrees": math.degrees,
    "toRadians": math.radians,
}
OF_TWO_DOUBLES: dict[str, Method] = {"atan2": math.atan2, "hypot": math.hypot, "pow": math.pow}
OF_TWO_WHOLE: dict[str, Method] = {
    "addExact": operator.add,
    "subtractExact": operator.sub,
    "multiplyExact": operator.mul,
    "floorDiv": operator.floordiv,
    "floorMod": operator.mod,
}

METHODS: dict[Signature, Method] = {
    **_each(MATH, OF_ONE_DOUBLE, [("double",)]),
    **_each(MATH, OF_TWO_DOUBLES, [("double", "double")]),
    **_each(MATH, OF_TWO_WHOLE, [(type_, type_) for type_ in WHOLE]),
    **_each(MATH, {"negateExact": operator.neg}, [(type_,) for type_ in WHOLE]),
    **_each(MATH, {"abs": abs}, [(type_,) for type_ in (*WHOLE, *FLOATING)]),
    **_each(MATH, {"max": max, "min": min}, [(type_, type_) for type_ in (*WHOLE, *FLOATING)]),
    **_each(MATH, {"round": _round}, [(type_,) for type_ in FLOATING]),
    **{(box, "valueOf", (type_,)): _itself for type_, (box, _) in BOXES.items()},
    **{(box, name, (STRING,)): read_number(type_) for type_, (box, read) in BOXES.items() for name in ("valueOf", read)},
    **{(STRING, "valueOf", (type_,)): java_text for type_ in ("char", "int", "long", "boolean")},
    (STRING, "format", (STRING, "[Ljava.lang.Object;")): java_format,
}
