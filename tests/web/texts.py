"""All texts that people see, collected from the code: what gettext finds, what scripts say, what templates contain."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "service" / "web"
TEMPLATES = PAGES / "templates"
SCRIPTS = PAGES / "assets" / "src"
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "later": None}
METHODS = [("assets/**", "ignore"), ("static/**", "ignore"), ("**.py", "python"), ("**.html", "jinja2")]

#: Attributes that are read out or shown.
SPOKEN = ("placeholder", "aria-label", "title", "alt", "data-confirm")


def message_ids() -> set[str | tuple[str, ...]]:
    """Every msgid of the pages; a plural one as (singular, plural)."""
    options = {"jinja2": {"silent": "false", "newstyle_gettext": "true"}}
    return {found[2] for found in extract_from_dir(PAGES, METHODS, options, keywords=KEYWORDS)}


def script_texts() -> set[str]:
    """What the scripts say by t("…")."""
    scripts = (path.read_text() for path in SCRIPTS.rglob("*.js"))
    return {text for script in scripts for text in re.findall(r'\bt\(\s*"((?:[^"\\]|\\.)+)"', script)}


def assignment_reasons() -> set[str]:
    """The sentences with which engine.assignment says why somebody got a task."""
    return {
        node.value
        for path in (ROOT / "engine" / "assignment").glob("*.py")
        for call in ast.walk(ast.parse(path.read_text()))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in ("Reason", "nobody", "one")
        for node in call.args
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def literals(template: Path) -> Iterator[str]:
    """Texts of a template that nobody translates: between tags, and in attributes that are read out."""
    html = re.sub(r"\{#.*?#\}", "", template.read_text(), flags=re.DOTALL)
    html = re.sub(r"\{%-? block (\w+_class|scripts|styles) %\}.*?\{%-? endblock %\}", "", html)
    html = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", html, flags=re.DOTALL)
    html = re.sub(r"<kbd[^>]*>.*?</kbd>|<svg.*?</svg>|<!doctype[^>]*>", "", html, flags=re.DOTALL)
    for name in SPOKEN:
        yield from (text for text in re.findall(rf'\b{name}="([^"]*)"', html) if _has_words(text))
    yield from (text.strip() for text in re.sub(r"<[^>]*>", "\n", html).splitlines() if _has_words(text))


def _has_words(text: str) -> bool:
    return bool(re.search(r"[A-Za-z\u4e00-\u9fff]{2}", text))


#: Rooms whose sentences reach people as they are: problems of models, causes of incidents, notes, reasons of refusals.
ROOMS = ("engine", "service/webhooks", "service/identity", "service/forms", "service/notifications")
#: Not said to people: SQL and the state of rows; the texts from which translated expressions are put together; and
#: what is written in both languages at once.
SILENT = (
    "engine/store",
    "service/forms/judging",
    "engine/feel/pieces.py",
    "engine/feel/builtins/ranges.py",
    "engine/dmn/analysis/ranks.py",
)
#: Two words of ordinary text.
WORDS = re.compile(r"[a-z]{2} [a-z{“'<]|[a-z]{2}: [a-z{]")
#: `list contains(list: list, element: any?)`, `if {} then {}`, `date|date and time`: FEEL and not English.
CODE = re.compile(r"[\w ]+\(.*\)(\[1\]|\.\w+.*| = .*)?|(if|for) .*(then|return) .*|[\w ]+(\|[\w ]+)+|\w+ in \w+", re.DOTALL)
#: Calls whose arguments only programmers and logs read, or are the description of a parameter.
UNHEARD = ("RuntimeError", "ValueError", "TypeError", "KeyError", "AssertionError", "LookupError", "Said")
LOGS = ("log", "logger")


def engine_sentences() -> set[str]:
    """Everything below the pages that reads like a sentence or a part of one, `{}` for each value."""
    files = (path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    heard = (path for path in files if not str(path.relative_to(ROOT)).startswith(SILENT))
    return {text for path in heard for text in _sentences(ast.parse(path.read_text()))}


def _sentences(tree: ast.Module) -> Iterator[str]:
    unheard = {id(node) for ignored in _unheard(tree) for node in ast.walk(ignored)}
    for node in ast.walk(tree):
        if id(node) in unheard or not isinstance(node, ast.Constant | ast.JoinedStr):
            continue
        text = _pattern(node)
        if isinstance(node, ast.JoinedStr):
            unheard |= {id(part) for part in node.values if isinstance(part, ast.Constant)}
        if WORDS.search(text) and not CODE.fullmatch(text):
            yield text


def _unheard(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, and what is said to programmers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False) is not None:
            yield node.body[0]
        elif isinstance(node, ast.Call) and _is_unheard(node.func):
            yield node


def _is_unheard(called: ast.expr) -> bool:
    if isinstance(called, ast.Attribute):
        return isinstance(called.value, ast.Name) and called.value.id in LOGS
    return isinstance(called, ast.Name) and called.id in UNHEARD


def _pattern(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
