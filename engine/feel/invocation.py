"""Arguments to parameters (DMN 1.5, §10.3.2.13): by place or by name, each coerced to the parameter's type."""

from typing import Any

from engine.feel.errors import Refused
from engine.feel.functions import Function
from engine.feel.types import NotConforming, coerce
from engine.feel.values import value_of


def arguments_by_name(function: Function, arguments: list[Any], names: tuple[str, ...]) -> list[Any]:
    """The arguments in the order of the parameters; every parameter needs one."""
    given = dict(zip(names, arguments, strict=True))
    wanted = [parameter.name for parameter in function.parameters]
    for name in names:
        if name not in wanted:
            raise Refused(f"{function.name} has no parameter “{name}”, it has: {', '.join(wanted) or 'none'}")
    missing = [name for name in wanted if name not in given]
    if missing:
        raise Refused(f"{function.name} lacks the argument “{missing[0]}”")
    return [given[name] for name in wanted]


def coerced(function: Function, arguments: list[Any]) -> list[Any]:
    """The arguments as the parameters' types ask for them. Raises Refused for one that does not conform."""
    result: list[Any] = []
    for parameter, argument in zip(function.parameters, arguments, strict=True):
        if parameter.type is None:
            result.append(value_of(argument))
            continue
        try:
            result.append(coerce(argument, parameter.type))
        except NotConforming as problem:
            raise Refused(f"“{parameter.name}” of {function.name}: {problem}") from None
    return result
