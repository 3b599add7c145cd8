"""How much the columns of our tables hold: said once, for the tables, for who reads models and requests, and for each step."""

from __future__ import annotations

from typing import Final

#: Characters of what models name - processes, elements, forms, messages, connectors, areas, outcomes - and of business keys.
NAME: Final = 255

#: Characters of the title of a process instance. It is for people and no value of anything, so a longer one is cut.
TITLE: Final = 300

#: Characters of the id of a person, of a department, of a system that acts.
PERSON: Final = 200

#: Characters of a candidate key: `role:finance-specialist@finance`.
CANDIDATE: Final = 420

#: Whole numbers.
LARGEST: Final = 2**31 - 1
LEAST: Final = -LARGEST - 1
