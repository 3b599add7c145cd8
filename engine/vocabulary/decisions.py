"""The table of DMN: the English of what people read in a decision."""

from __future__ import annotations

from engine.facts.declarations import Entry, Said
from engine.vocabulary.table import Element, table

NAME_EN = Entry("nameEn", Said("the English name", "英文名称"))
DESCRIPTION_EN = Entry("descriptionEn", Said("the description in English", "英文说明"))

DECISIONS = table(
    Element("decision", (NAME_EN, DESCRIPTION_EN)),
    *(Element(tag, (NAME_EN,)) for tag in ("inputData", "input", "output")),
    Element("rule", (DESCRIPTION_EN,)),
)
