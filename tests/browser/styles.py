"""Whether a page has loaded every style that it needs: Tabler and all that is built here are held against its elements."""

from __future__ import annotations

from functools import cache

from playwright.sync_api import Page

from installation.checkout import ASSETS, STATIC

TABLER = ASSETS / "node_modules" / "@tabler" / "core" / "dist" / "css" / "tabler.css"

#: Answers each declaration `conditions | selector | property` that is for an element of the page and is in none of its sheets.
#: A custom property counts where a sheet of the page asks for it.
MISSING = r"""
(texts) => {
  const rulesOf = function* (rules, around = "") {
    for (const rule of rules) {
      if (rule.selectorText) {
        for (const selector of rule.selectorText.split(/,(?![^(]*\))/)) {
          yield { selector, keys: [...rule.style].map((property) => `${around} | ${selector.trim()} | ${property}`) };
        }
      } else if (rule.cssRules && !(rule instanceof CSSKeyframesRule)) {
        yield* rulesOf(rule.cssRules, around + rule.conditionText);
      }
    }
  };
  const fits = (selector) => {
    const lasting = selector
      .replace(/::[\w-]+(\([^)]*\))?/g, "")
      .replace(/:(hover|focus|focus-visible|focus-within|active|visited|target)(?![\w-])/g, "")
      .replace(/(^|[\s>+~(])(?=$|[\s>+~)])/g, "$1*");
    try {
      return document.querySelector(lasting) !== null;
    } catch {
      return false;
    }
  };
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const loaded = new Set([...rulesOf(rules)].flatMap(({ keys }) => keys));
  const asked = new Set(rules.flatMap((rule) => rule.cssText.match(/(?<=var\(\s*)--[\w-]+/g) ?? []));
  const isMissing = (key) => !loaded.has(key) && (!key.includes("| --") || asked.has(key.split(" | ")[2]));
  return texts.flatMap((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    return [...rulesOf(sheet.cssRules)].flatMap(({ selector, keys }) => {
      const missing = keys.filter(isMissing);
      return missing.length > 0 && fits(selector) ? missing : [];
    });
  });
}
"""


@cache
def everything() -> list[str]:
    return [path.read_text(encoding="utf-8") for path in (TABLER, *STATIC.glob("*.css"))]


def missing_styles(page: Page) -> list[str]:
    found: list[str] = page.evaluate(MISSING, everything())
    return found
