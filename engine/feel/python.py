"""Python of SpiffWorkflow to FEEL, where it means the same; the rest is refused with the reason. Nothing of it is ever run.

The text is parsed to Python's own syntax tree, and the tree is written as FEEL: expressions, and scripts that only assign.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Final

from engine.facts.sentences import Sentence
from engine.feel.known_names import SEPARATORS, STARTERS, tokens_of
from engine.feel.pieces import AND, COMPARISON, IF, OR, PRODUCT, SUM, UNARY, Piece, truth
from engine.feel.python_calls import FUNCTIONS, METHODS, PythonNotTranslatable, applied
from engine.feel.text import quoted

__all__ = ["NOTHING", "PythonNotTranslatable", "translate_expression", "translate_script"]

#: What a script that assigns no variable becomes.
NOTHING: Final = "{}"
_MAX_TEXT: Final = 20_000
_MAX_NODES: Final = 2_000
#: FEEL's power binds closer than its product; brackets around it are never wrong.
_POWER: Final = UNARY


def translate_expression(text: str) -> str:
    """The FEEL of one expression: `a == 1 and b is not None`. Raises PythonNotTranslatable."""
    module = _parsed(text.strip())
    if len(module.body) != 1 or not isinstance(module.body[0], ast.Expr):
        raise PythonNotTranslatable(Sentence("it is no expression"))
    return _piece(module.body[0].value).text


def translate_script(text: str) -> str:
    """The FEEL of a script that assigns: a context with an entry for each variable, in their order.

    Raises PythonNotTranslatable.
    """
    entries: dict[str, str] = {}
    for statement in _parsed(text).body:
        if _does_nothing(statement):
            continue
        name, value = _assigned(statement)
        if name in entries:
            raise PythonNotTranslatable(Sentence("it sets {name} twice", name=name))
        entries[name] = value.text
    return "{" + ", ".join(f"{name}: {value}" for name, value in entries.items()) + "}"


def _parsed(text: str) -> ast.Module:
    if len(text) > _MAX_TEXT:
        raise PythonNotTranslatable(Sentence("it has more than {limit:,} characters", limit=_MAX_TEXT))
    try:
        module = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as fault:
        raise PythonNotTranslatable(Sentence("it is no Python")) from fault
    if sum(1 for _ in ast.walk(module)) > _MAX_NODES:
        raise PythonNotTranslatable(Sentence("it is too long"))
    return module


# ---------------------------------------------------------------------- statements
def _does_nothing(statement: ast.stmt) -> bool:
    """`pass`, a text alone, and what is only printed."""
    if isinstance(statement, ast.Expr):
        value = statement.value
        is_print = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print"
        return is_print or isinstance(value, ast.Constant)
    return isinstance(statement, ast.Pass)


def _assigned(statement: ast.stmt) -> tuple[str, Piece]:
    match statement:
        case (
            ast.Assign(targets=[ast.Name(id=name)], value=value)
            | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
        ):
            return _name(name), _piece(value)
        case ast.AugAssign(target=ast.Name(id=name), op=op, value=value):
            return _name(name), _calculated(Piece(_name(name)), op, value)
        case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=ast.Constant(value=str(key)))], value=value):
            return _name(name), Piece(f"context put({_name(name)}, {quoted(key)}, {_piece(value).text})")
    raise PythonNotTranslatable(Sentence("it does more than assign variables (line {line})", line=statement.lineno))


# ---------------------------------------------------------------------- expressions
def _piece(node: ast.expr) -> Piece:
    try:
        writer = _WRITERS[type(node)]
    except KeyError:
        raise PythonNotTranslatable(Sentence("FEEL has no {name}", name=type(node).__name__)) from None
    try:
        return writer(node)
    except RecursionError as fault:
        raise PythonNotTranslatable(Sentence("it is nested too deeply")) from fault


def _name(name: str) -> str:
    if name in SEPARATORS or name in STARTERS or tokens_of(name) != (name,):
        raise PythonNotTranslatable(Sentence("“{name}” is no name in FEEL", name=name))
    return name


def _variable(node: ast.Name) -> Piece:
    return Piece(_name(node.id))


def _constant(node: ast.Constant) -> Piece:
    match node.value:
        case bool() | None:
            return Piece({True: "true", False: "false", None: "null"}[node.value])
        case str() as text:
            return Piece(quoted(text), literal=text)
        case int() | float() as number if "e" not in repr(number) and "n" not in repr(number):
            return Piece(repr(number), literal=repr(number))
    raise PythonNotTranslatable(Sentence("FEEL cannot write {value}", value=repr(node.value)[:40]))


def _attribute(node: ast.Attribute) -> Piece:
    return Piece(f"{_piece(node.value).operand}.{_name(node.attr)}")


def _subscript(node: ast.Subscript) -> Piece:
    holder = _piece(node.value)
    match node.slice:
        case ast.Constant(value=str(key)):
            return Piece(f"get value({holder.text}, {quoted(key)})")
        case ast.Constant(value=int(index)):
            return Piece(f"{holder.operand}[{index + 1}]")
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int(index))):
            return Piece(f"{holder.operand}[-{index}]")
    raise PythonNotTranslatable(Sentence("an index that is no number or text may mean a list (from 0) or a dict"))


def _either(node: ast.BoolOp) -> Piece:
    word, binding = ("and", AND) if isinstance(node.op, ast.And) else ("or", OR)
    return Piece(f" {word} ".join(_piece(each).within(binding + 1) for each in node.values), binding)


def _unary(node: ast.UnaryOp) -> Piece:
    operand = _piece(node.operand)
    if isinstance(node.op, ast.Not):
        return Piece(f"not({operand.text})")
    if isinstance(node.op, ast.USub):
        return Piece(f"-{operand.within(UNARY + 1)}", UNARY)
    raise PythonNotTranslatable(Sentence("FEEL has no {name}", name=type(node.op).__name__))


_OPERATORS: Final[Mapping[type[ast.operator], tuple[str, int]]] = {
    ast.Add: ("+", SUM),
    ast.Sub: ("-", SUM),
    ast.Mult: ("*", PRODUCT),
    ast.Div: ("/", PRODUCT),
    ast.Pow: ("**", _POWER),
}


def _binary(node: ast.BinOp) -> Piece:
    return _calculated(_piece(node.left), node.op, node.right, is_list=isinstance(node.left, ast.List))


def _calculated(left: Piece, operator: ast.operator, right_node: ast.expr, *, is_list: bool = False) -> Piece:
    right = _piece(right_node)
    if isinstance(operator, ast.Add) and (is_list or isinstance(right_node, ast.List)):
        return Piece(f"concatenate({left.text}, {right.text})")
    if isinstance(operator, ast.Mod) and left.literal is None:
        return Piece(f"modulo({left.text}, {right.text})")
    if isinstance(operator, ast.FloorDiv):
        return Piece(f"floor({left.within(PRODUCT)} / {right.within(PRODUCT + 1)})")
    if type(operator) not in _OPERATORS:
        raise PythonNotTranslatable(Sentence("FEEL has no {name}", name=type(operator).__name__))
    sign, binding = _OPERATORS[type(operator)]
    return Piece(f"{left.within(binding + (binding == _POWER))} {sign} {right.within(binding + 1)}", binding)


_COMPARISONS: Final[Mapping[type[ast.cmpop], str]] = {
    ast.Eq: "=", ast.NotEq: "!=", ast.Is: "=", ast.IsNot: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
}  # fmt: skip


def _compared(node: ast.Compare) -> Piece:
    operands = [_piece(each) for each in (node.left, *node.comparators)]
    found = [_relation(left, op, right) for left, op, right in zip(operands, node.ops, operands[1:], strict=False)]
    return found[0] if len(found) == 1 else Piece(" and ".join(each.within(COMPARISON) for each in found), AND)


def _relation(left: Piece, operator: ast.cmpop, right: Piece) -> Piece:
    if isinstance(operator, ast.In | ast.NotIn):
        holder = right.operand
        has = f"if {holder} instance of string then contains({holder}, {left.text}) else list contains({holder}, {left.text})"
        return truth(has) if isinstance(operator, ast.In) else Piece(f"not({has})")
    return Piece(f"{left.within(SUM)} {_COMPARISONS[type(operator)]} {right.within(SUM)}", COMPARISON)


def _choice(node: ast.IfExp) -> Piece:
    return Piece(f"if {_piece(node.test).text} then {_piece(node.body).text} else {_piece(node.orelse).text}", IF)


def _list(node: ast.List | ast.Tuple) -> Piece:
    return Piece("[" + ", ".join(_piece(each).text for each in node.elts) + "]")


def _dict(node: ast.Dict) -> Piece:
    entries = []
    for key, value in zip(node.keys, node.values, strict=True):
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            raise PythonNotTranslatable(Sentence("the key of a context is a fixed text"))
        entries.append(f"{quoted(key.value)}: {_piece(value).text}")
    return Piece("{" + ", ".join(entries) + "}")


def _comprehension(node: ast.ListComp) -> Piece:
    match node.generators:
        case [ast.comprehension(target=ast.Name(id=name), iter=items, ifs=[])]:
            return Piece(f"for {_name(name)} in {_piece(items).text} return {_piece(node.elt).text}", IF)
    raise PythonNotTranslatable(Sentence("FEEL writes for … in … return …, and filters by list[item > 3]"))


def _formatted(node: ast.JoinedStr) -> Piece:
    parts = []
    for each in node.values:
        if isinstance(each, ast.FormattedValue):
            if each.format_spec is not None or each.conversion != -1:
                raise PythonNotTranslatable(Sentence("FEEL has no format of values inside of a text"))
            parts.append(f"string({_piece(each.value).text})")
        else:
            parts.append(_piece(each).text)
    return Piece(" + ".join(parts) or '""', SUM)


# ---------------------------------------------------------------------- calls
def _called(node: ast.Call) -> Piece:
    if node.keywords or any(isinstance(each, ast.Starred) for each in node.args):
        raise PythonNotTranslatable(Sentence("FEEL has no such arguments"))
    arguments = [_piece(each) for each in node.args]
    if isinstance(node.func, ast.Name):
        return applied(FUNCTIONS, node.func.id, arguments)
    if isinstance(node.func, ast.Attribute):
        return applied(METHODS, node.func.attr, [_piece(node.func.value), *arguments])
    raise PythonNotTranslatable(Sentence("FEEL calls functions by their names"))


_WRITERS: Final[Mapping[type[ast.expr], Callable[..., Piece]]] = {
    ast.Name: _variable,
    ast.Constant: _constant,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.BoolOp: _either,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compared,
    ast.IfExp: _choice,
    ast.List: _list,
    ast.Tuple: _list,
    ast.Dict: _dict,
    ast.ListComp: _comprehension,
    ast.JoinedStr: _formatted,
    ast.Call: _called,
}
