"""All texts that people see, collected from the code: what gettext finds, what scripts say, what templates contain."""

from __future__ import annotations

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
