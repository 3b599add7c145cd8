"""`${…}` of Camunda 7, Flowable and Activiti to FEEL, where it means the same; the rest is refused with the reason."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, NoReturn

from engine.feel.known_names import SEPARATORS, STARTERS, tokens_of
from engine.feel.text import quoted

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(?P<name>[^\W\d][\w$]*)
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<symbol>==|!=|<=|>=|&&|\|\||[-+*/%<>!?:.,()\[\]]))""",
    re.VERBOSE | re.DOTALL,
)
_EXPRESSION: Final = re.compile(r"[$#]\{((?:[^{}'\"]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\}", re.DOTALL)

#: How closely an operator of FEEL binds.
_IF, _OR, _AND, _COMPARISON, _SUM, _PRODUCT, _UNARY, _OPERAND = range(8)

#: Levels of JUEL from the loosest: its operators, with what FEEL writes for them, and how closely that binds.
_LEVELS: Final = (
    ({"||": "or", "or": "or"}, _OR),
    ({"&&": "and", "and": "and"}, _AND),
    ({"==": "=", "eq": "=", "!=": "!=", "ne": "!="}, _COMPARISON),
    ({"<": "<", "lt": "<", ">": ">", "gt": ">", "<=": "<=", "le": "<=", ">=": ">=", "ge": ">="}, _COMPARISON),
    ({"+": "+", "-": "-"}, _SUM),
    ({"*": "*", "/": "/", "div": "/", "%": "%", "mod": "%"}, _PRODUCT),
)
_WORDS: Final = frozenset(word for level, _ in _LEVELS for word in level if word.isalpha()) | {"not", "empty"}
_MAX_NESTING: Final = 50
_MAX_TEXT: Final = 20_000

#: What to write in FEEL for the calls met most often.
_ADVICE: Final = {
    "size": "count(list)",
    "length": "string length(text)",
    "contains": "list contains(list, item) or contains(text, part)",
    "isEmpty": 'list = [] or text = ""',
    "equals": "a = b",
    "startsWith": "starts with(text, part)",
    "endsWith": "ends with(text, part)",
    "toLowerCase": "lower case(text)",
    "toUpperCase": "upper case(text)",
    "getVariable": "the variable's name alone",
    "get": "context.name",
}


class JuelNotTranslatable(ValueError):
    """A `${…}` that has no equivalent in FEEL: the reason and what to write instead."""


def translate(text: str) -> str:
    """The FEEL of a JUEL text: `${amount > 100 && !urgent}`, or a text with expressions in it, `Case ${number}`.

    Raises JuelNotTranslatable.
    """
    if len(text) > _MAX_TEXT:
        raise JuelNotTranslatable(f"The text has more than {_MAX_TEXT:,} characters")
    whole = _EXPRESSION.fullmatch(text.strip())
    if whole is not None:
        return _Translator(whole[1]).whole()
    parts: list[str] = []
    last = 0
    for match in _EXPRESSION.finditer(text):
        parts.extend([quoted(text[last : match.start()])] if match.start() > last else [])
        parts.append(f"string({_Translator(match[1]).whole()})")
        last = match.end()
    if last < len(text) or not parts:
        parts.append(quoted(text[last:]))
    if "${" in text[last:] or "#{" in text[last:]:
        raise JuelNotTranslatable(f"“{text[last : last + 40]}” has no closing brace")
    return " + ".join(parts)


@dataclass(frozen=True, slots=True)
class _Feel:
    """A part of the translation, and how closely its loosest operator binds."""

    text: str
    binding: int

    def within(self, binding: int) -> str:
        """The text, in brackets where a closer operator stands around it."""
        return self.text if self.binding >= binding else f"({self.text})"


class _Translator:
    """Reads one expression from left to right and writes FEEL."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._tokenized(text)
        self._at = 0
        self._depth = 0

    def _tokenized(self, text: str) -> list[tuple[str, str]]:
        tokens: list[tuple[str, str]] = []
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None:
                raise JuelNotTranslatable(f"“{text[at : at + 20].strip()}” cannot be read")
            tokens.append((match.lastgroup or "", match[match.lastgroup or 0]))
            at = match.end()
        return [*tokens, ("end", "")]

    def whole(self) -> str:
        """The FEEL of the whole expression."""
        found = self._choice()
        if self._tokens[self._at][0] != "end":
            self._refuse(f"“{self._tokens[self._at][1]}” does not belong there")
        return found.text

    def _refuse(self, why: str) -> NoReturn:
        raise JuelNotTranslatable(f"${{{self._text}}} cannot become FEEL: {why}")

    def _take(self, text: str) -> bool:
        found = self._tokens[self._at] == ("symbol", text)
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        if not self._take(text):
            self._refuse(f"“{text}” is missing")

    def _choice(self) -> _Feel:
        self._depth += 1
        if self._depth > _MAX_NESTING:
            self._refuse("it is nested too deeply")
        found = self._level(0)
        if self._take("?"):
            yes = self._choice()
            self._expect(":")
            found = _Feel(f"if {found.text} then {yes.text} else {self._choice().text}", _IF)
        self._depth -= 1
        return found

    def _level(self, level: int) -> _Feel:
        if level == len(_LEVELS):
            return self._unary()
        operators, binding = _LEVELS[level]
        left = self._level(level + 1)
        while self._tokens[self._at][0] in ("symbol", "name") and self._tokens[self._at][1] in operators:
            operator = operators[self._tokens[self._at][1]]
            self._at += 1
            left = self._joined(operator, binding, left, self._level(level + 1))
        return left

    def _joined(self, operator: str, binding: int, left: _Feel, right: _Feel) -> _Feel:
        if operator == "%":
            return _Feel(f"modulo({left.text}, {right.text})", _OPERAND)
        return _Feel(f"{left.within(binding)} {operator} {right.within(binding + 1)}", binding)

    def _unary(self) -> _Feel:
        self._depth += 1
        if self._depth > _MAX_NESTING:
            self._refuse("it is nested too deeply")
        found = self._negated()
        self._depth -= 1
        return found

    def _negated(self) -> _Feel:
        if self._take("!") or self._takes_word("not"):
            return _Feel(f"not({self._unary().text})", _OPERAND)
        if self._takes_word("empty"):
            return _emptiness(self._unary().within(_OPERAND))
        if self._take("-"):
            return _Feel(f"-{self._unary().within(_UNARY)}", _UNARY)
        return self._steps(self._operand())

    def _takes_word(self, word: str) -> bool:
        found = self._tokens[self._at] == ("name", word)
        self._at += found
        return found

    def _operand(self) -> _Feel:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return _Feel(text, _OPERAND)
        if kind == "text":
            return _Feel(quoted(re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)), _OPERAND)
        if kind == "name":
            return self._name(text)
        if kind == "symbol" and text == "(":
            inner = self._choice()
            self._expect(")")
            return inner
        return self._refuse(f"an operand is missing before “{text}”" if text else "it ends too early")

    def _name(self, name: str) -> _Feel:
        if self._tokens[self._at] == ("symbol", "("):
            self._refuse(f"{name}(…) is a function of the old engine")
        if self._tokens[self._at] == ("symbol", ":"):
            following = self._tokens[self._at + 1 : self._at + 3]
            if len(following) == 2 and following[0][0] == "name" and following[1] == ("symbol", "("):
                self._refuse(f"{name}:{following[0][1]}(…) is a function of the old engine")
        if name in ("true", "false", "null"):
            return _Feel(name, _OPERAND)
        self._check_name(name)
        return _Feel(name, _OPERAND)

    def _check_name(self, name: str) -> None:
        if name in SEPARATORS or name in STARTERS or name in _WORDS:
            self._refuse(f"“{name}” is a keyword, not a variable")
        if tokens_of(name) != (name,):
            self._refuse(f"“{name}” is no name in FEEL")

    def _steps(self, feel: _Feel) -> _Feel:
        while True:
            if self._take("."):
                feel = self._property(feel)
            elif self._take("["):
                feel = self._index(feel)
            else:
                return feel

    def _property(self, feel: _Feel) -> _Feel:
        kind, name = self._tokens[self._at]
        self._at += 1
        if kind != "name":
            self._refuse("a name is missing after the point")
        if self._tokens[self._at] == ("symbol", "("):
            advice = _ADVICE.get(name)
            self._refuse(
                f"it calls the method {name}()" + (f"; FEEL writes {advice}" if advice else ", and FEEL calls no methods")
            )
        self._check_name(name)
        return _Feel(f"{feel.within(_OPERAND)}.{name}", _OPERAND)

    def _index(self, feel: _Feel) -> _Feel:
        kind, text = self._tokens[self._at]
        self._at += 1
        self._expect("]")
        if kind == "number" and text.isdecimal():
            return _Feel(f"{feel.within(_OPERAND)}[{int(text) + 1}]", _OPERAND)
        if kind == "text":
            return _Feel(f"get value({feel.text}, {quoted(text[1:-1])})", _OPERAND)
        return self._refuse("an index that is no number or text may mean a list (from 0) or a map")


def _emptiness(value: str) -> _Feel:
    """`empty x`: null, or a text, list or context with nothing in it."""
    return _Feel(
        f'if {value} = null then true else if {value} instance of string then {value} = "" '
        f"else if {value} instance of list then {value} = [] else if {value} instance of context then {value} = {{}} else false",
        _IF,
    )
