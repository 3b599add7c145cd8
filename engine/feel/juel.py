"""`${…}` of Camunda 7, Flowable and Activiti to FEEL, where it means the same; the rest is refused with the reason."""

from __future__ import annotations

import re
from typing import Final, NoReturn

from engine.facts.sentences import Sentence
from engine.feel.juel_calls import ENGINE_NAMES, JuelNotTranslatable, function, item, method, takes_a_variable, variable_read
from engine.feel.known_names import SEPARATORS, STARTERS, tokens_of
from engine.feel.pieces import (
    AND,
    COMPARISON,
    IF,
    OR,
    PRODUCT,
    SUM,
    UNARY,
    Piece,
    emptiness,
)
from engine.feel.text import quoted

__all__ = ["JuelNotTranslatable", "translate", "translate_assignment", "translate_bare"]

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)|(?P<name>[^\W\d][\w$]*)
    |(?P<text>'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")|(?P<symbol>===?|!==?|<=|>=|&&|\|\||[-+*/%<>!?:.,()\[\]=]))""",
    re.VERBOSE | re.DOTALL,
)
_EXPRESSION: Final = re.compile(r"[$#]\{((?:[^{}'\"]|'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")*)\}", re.DOTALL)

_ASSIGNMENT: Final = re.compile(
    r"""\s*[$#]\{\s*execution\.setVariable\(\s*(?P<quote>['"])(?P<name>[^\W\d]\w*)(?P=quote)\s*,(?P<value>.*)\)\s*\}\s*""",
    re.DOTALL,
)

#: Levels of JUEL from the loosest: its operators, with what FEEL writes for them, and how closely that binds.
_LEVELS: Final = (
    ({"||": "or", "or": "or"}, OR),
    ({"&&": "and", "and": "and"}, AND),
    ({"==": "=", "===": "=", "=": "=", "eq": "=", "!=": "!=", "!==": "!=", "ne": "!="}, COMPARISON),
    ({"<": "<", "lt": "<", ">": ">", "gt": ">", "<=": "<=", "le": "<=", ">=": ">=", "ge": ">="}, COMPARISON),
    ({"+": "+", "-": "-"}, SUM),
    ({"*": "*", "/": "/", "div": "/", "%": "%", "mod": "%"}, PRODUCT),
)
_WORDS: Final = frozenset(word for level, _ in _LEVELS for word in level if word.isalpha()) | {"not", "empty"}
_MAX_NESTING: Final = 50
_MAX_TEXT: Final = 20_000
_CONSTANTS: Final = {"true": "true", "false": "false", "null": "null"}
#: What Python calls them.
_PYTHON_CONSTANTS: Final = {"True": "true", "False": "false", "None": "null"}


def translate(text: str) -> str:
    """The FEEL of a JUEL text: `${amount > 100 && !urgent}`, or a text with expressions in it, `Case ${number}`.

    Raises JuelNotTranslatable.
    """
    if len(text) > _MAX_TEXT:
        raise JuelNotTranslatable(Sentence("The text has more than {limit:,} characters", limit=_MAX_TEXT))
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
        raise JuelNotTranslatable(Sentence("“{text}” has no closing brace", text=text[last : last + 40]))
    return " + ".join(parts)


def translate_assignment(text: str) -> tuple[str, str] | None:
    """The variable and the FEEL of its value in `${execution.setVariable('total', price * 2)}`; None when the text is another.

    Raises JuelNotTranslatable.
    """
    found = _ASSIGNMENT.fullmatch(text) if len(text) <= _MAX_TEXT else None
    return None if found is None else (found["name"], _Translator(found["value"]).whole())


def translate_bare(text: str) -> str:
    """The FEEL of an expression without braces, in the operators Java, Python and XPath share: `status == 'new' && !urgent`.

    Raises JuelNotTranslatable.
    """
    if len(text) > _MAX_TEXT:
        raise JuelNotTranslatable(Sentence("The text has more than {limit:,} characters", limit=_MAX_TEXT))
    return _Translator(text, is_bare=True).whole()


class _Translator:
    """Reads one expression from left to right and writes FEEL."""

    def __init__(self, text: str, *, is_bare: bool = False) -> None:
        self._text = text
        self._is_bare = is_bare
        self._constants = {**_CONSTANTS, **_PYTHON_CONSTANTS} if is_bare else _CONSTANTS
        self._tokens = self._tokenized(text)
        self._at = 0
        self._depth = 0

    def _tokenized(self, text: str) -> list[tuple[str, str]]:
        tokens: list[tuple[str, str]] = []
        at, end = 0, len(text.rstrip())
        while at < end:
            match = _TOKEN.match(text, at)
            if match is None or (match["symbol"] == "=" and not self._is_bare):
                raise JuelNotTranslatable(Sentence("“{text}” cannot be read", text=text[at : at + 20].strip()))
            tokens.append((match.lastgroup or "", match[match.lastgroup or 0]))
            at = match.end()
        return [*tokens, ("end", "")]

    def whole(self) -> str:
        """The FEEL of the whole expression."""
        found = self._choice()
        if self._tokens[self._at][0] != "end":
            self._refuse(Sentence("“{text}” does not belong there", text=self._tokens[self._at][1]))
        return found.text

    def _refuse(self, why: Sentence) -> NoReturn:
        text = self._text if self._is_bare else f"${{{self._text}}}"
        raise JuelNotTranslatable(Sentence("{text} cannot become FEEL: {why}", text=text, why=why))

    def _take(self, text: str) -> bool:
        found = self._tokens[self._at] == ("symbol", text)
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        if not self._take(text):
            self._refuse(Sentence("“{text}” is missing", text=text))

    def _choice(self) -> Piece:
        self._depth += 1
        if self._depth > _MAX_NESTING:
            self._refuse(Sentence("it is nested too deeply"))
        found = self._level(0)
        if self._take("?"):
            yes = self._choice()
            self._expect(":")
            found = Piece(f"if {found.text} then {yes.text} else {self._choice().text}", IF)
        self._depth -= 1
        return found

    def _level(self, level: int) -> Piece:
        if level == len(_LEVELS):
            return self._unary()
        operators, binding = _LEVELS[level]
        left = self._level(level + 1)
        while self._tokens[self._at][0] in ("symbol", "name") and self._tokens[self._at][1] in operators:
            operator = operators[self._tokens[self._at][1]]
            self._at += 1
            left = self._joined(operator, binding, left, self._level(level + 1))
        return left

    def _joined(self, operator: str, binding: int, left: Piece, right: Piece) -> Piece:
        if operator == "%":
            return Piece(f"modulo({left.text}, {right.text})")
        return Piece(f"{left.within(binding)} {operator} {right.within(binding + 1)}", binding)

    def _unary(self) -> Piece:
        self._depth += 1
        if self._depth > _MAX_NESTING:
            self._refuse(Sentence("it is nested too deeply"))
        found = self._negated()
        self._depth -= 1
        return found

    def _negated(self) -> Piece:
        if self._take("!") or self._takes_not():
            return Piece(f"not({self._unary().text})")
        if self._takes_word("empty"):
            return emptiness(self._unary())
        if self._take("-"):
            return Piece(f"-{self._unary().within(UNARY)}", UNARY)
        return self._steps(self._operand())

    def _takes_not(self) -> bool:
        """In Python it binds looser than a comparison, in JUEL closer: only what is in brackets is the same in both."""
        if not self._takes_word("not"):
            return False
        if self._is_bare and self._tokens[self._at] != ("symbol", "("):
            self._refuse(Sentence("“not” without brackets may mean two things; write not(…)"))
        return True

    def _takes_word(self, word: str) -> bool:
        found = self._tokens[self._at] == ("name", word)
        self._at += found
        return found

    def _operand(self) -> Piece:
        kind, text = self._tokens[self._at]
        self._at += 1
        if kind == "number":
            return Piece(text, literal=text)
        if kind == "text":
            value = re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)
            return Piece(quoted(value), literal=value)
        if kind == "name":
            return self._name(text)
        if kind == "symbol" and text == "(":
            inner = self._choice()
            self._expect(")")
            return inner
        return self._refuse(
            Sentence("an operand is missing before “{text}”", text=text) if text else Sentence("it ends too early")
        )

    def _name(self, name: str) -> Piece:
        if self._tokens[self._at] == ("symbol", ":"):
            following = self._tokens[self._at + 1 : self._at + 3]
            if len(following) == 2 and following[0][0] == "name" and following[1] == ("symbol", "("):
                name = f"{name}:{following[0][1]}"
                self._at += 2
        if self._take("("):
            return self._function(name)
        if name in self._constants:
            return Piece(self._constants[name])
        if name in ENGINE_NAMES:
            return self._of_engine(name)
        return self._variable(name)

    def _variable(self, name: str) -> Piece:
        self._check_name(name)
        return Piece(name)

    def _function(self, name: str) -> Piece:
        arguments = self._arguments()
        if arguments and takes_a_variable(name) and arguments[0].literal is not None:
            arguments[0] = self._variable(arguments[0].literal)
        try:
            return function(name, arguments)
        except JuelNotTranslatable as fault:
            self._refuse(fault.sentence)

    def _of_engine(self, name: str) -> Piece:
        """`execution.getVariable('x')` is x; nothing else of the old engine is there."""
        if self._take(".") and self._tokens[self._at + 1] == ("symbol", "("):
            asked = self._tokens[self._at][1]
            self._at += 2
            variable = variable_read(asked, self._arguments())
            if variable is not None:
                found = self._variable(variable)
                return Piece(f"{found.text} != null", COMPARISON) if asked == "hasVariable" else found
        return self._refuse(Sentence("{name} belongs to the old engine; {advice}", name=name, advice=ENGINE_NAMES[name]))

    def _arguments(self) -> list[Piece]:
        """Those of a call, up to its closing bracket."""
        found: list[Piece] = []
        while not self._take(")"):
            if found:
                self._expect(",")
            found.append(self._choice())
        return found

    def _check_name(self, name: str) -> None:
        if name in SEPARATORS or name in STARTERS or name in _WORDS:
            self._refuse(Sentence("“{name}” is a keyword, not a variable", name=name))
        if tokens_of(name) != (name,):
            self._refuse(Sentence("“{name}” is no name in FEEL", name=name))

    def _steps(self, feel: Piece) -> Piece:
        while True:
            if self._take("."):
                feel = self._property(feel)
            elif self._take("["):
                feel = self._index(feel)
            else:
                return feel

    def _property(self, feel: Piece) -> Piece:
        kind, name = self._tokens[self._at]
        self._at += 1
        if kind != "name":
            self._refuse(Sentence("a name is missing after the point"))
        if not self._take("("):
            self._check_name(name)
            return Piece(f"{feel.operand}.{name}")
        try:
            return method(feel, name, self._arguments())
        except JuelNotTranslatable as fault:
            self._refuse(fault.sentence)

    def _index(self, feel: Piece) -> Piece:
        key = self._choice()
        self._expect("]")
        try:
            return item(feel, key)
        except JuelNotTranslatable as fault:
            self._refuse(fault.sentence)
