"""Damaged models: reading reports, evaluation gives null or is stopped; nothing else is ever raised."""

from __future__ import annotations

import copy
import random
from pathlib import Path

import pytest
from lxml import etree

from engine.dmn import DecisionStopped, evaluate, evaluate_service, read
from engine.dmn.analysis import analyse_model

FILES = sorted(Path(__file__).parent.rglob("*.dmn"))
TEXTS = ["", "-", "1 +", "?", "null", "[1..", "f(1)", "not(", "${x}", "amount", '"a", "b"', "function(x) x", "@x"]
INPUTS = {"amount": 5, "customer": "gold", "age": "old", "numbers": [1, None, {}], "Visitor": {"age": []}}


def damaged(data: bytes, chance: random.Random) -> bytes:
    """The file with a few elements removed, doubled, moved or renamed, and attributes and texts changed."""
    root = etree.fromstring(data)
    for _ in range(chance.randint(1, 6)):
        elements = list(root.iter("*"))[1:]
        if not elements:
            break
        element, other = chance.choice(elements), chance.choice(elements)
        parent = element.getparent()
        kind = chance.randrange(6)
        if kind == 0 and parent is not None:
            parent.remove(element)
        elif kind == 1 and parent is not None:
            parent.append(copy.deepcopy(element))
        elif kind == 2 and element.attrib:
            del element.attrib[chance.choice(list(element.attrib))]
        elif kind == 3 and element.attrib:
            element.set(chance.choice(list(element.attrib)), chance.choice(["", "x", "#a", "number", "COLLECT", other.tag]))
        elif kind == 4:
            element.text = chance.choice(TEXTS)
        elif kind == 5:
            element.tag = other.tag
    return etree.tostring(root)


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_a_damaged_model_never_breaks_the_reader_or_the_evaluation(path: Path) -> None:
    chance = random.Random(path.stem)
    for _ in range(15):
        model = read(damaged(path.read_bytes(), chance)).model
        if model is None:
            continue
        analyse_model(model)
        try:
            for decision in model.decisions:
                evaluate(model, decision.id, INPUTS)
            for service in model.services:
                evaluate_service(model, service.id, INPUTS)
        except DecisionStopped:
            continue
