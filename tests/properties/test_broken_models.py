"""Whatever is done to a file, reading answers with problems; what is read without any starts, or fails in a sentence."""

from __future__ import annotations

import random
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from engine.bpmn import StepFailed, read, start
from tests.bpmn.cases import NOON, Surroundings

ROOT = Path(__file__).parents[2]
FILES = [ROOT / "tests" / "bpmn" / "collaboration.bpmn", *sorted((ROOT / "processes").rglob("*.bpmn"))]
VALUES = ("", "x", "=", "=1 +", "${a", "R/PT1S", "-1", "999999999999", "true", "p", "P9999999Y", "0 * * * *", "\N{SNOWMAN}")


def damaged(xml: bytes, chance: random.Random) -> bytes:
    """Some attributes and elements changed, removed, moved or doubled."""
    root = etree.fromstring(xml)
    for _ in range(chance.randrange(1, 6)):
        elements = [each for each in root.iter(etree.Element) if each.getparent() is not None]
        if not elements:
            break
        one, other = chance.choice(elements), chance.choice(elements)
        around = one.getparent()
        match chance.randrange(6):
            case 0 if around is not None:
                around.remove(one)
            case 1 if one.attrib:
                del one.attrib[chance.choice(list(one.attrib))]
            case 2 if one.attrib:
                one.set(chance.choice(list(one.attrib)), chance.choice([*VALUES, *other.attrib.values()]))
            case 3:
                one.text = chance.choice(VALUES)
            case 4 if other not in one.iterancestors() and one is not other and one not in other.iterancestors():
                other.append(one)
            case _:
                one.tag = other.tag
    return etree.tostring(root)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(file=st.sampled_from(FILES), seed=st.integers(0, 2**32))
def test_a_damaged_file_is_read_with_problems_and_never_breaks_the_reader(file: Path, seed: int) -> None:
    reading = read(damaged(file.read_bytes(), random.Random(seed)), schema=seed % 5 == 0)
    assert (reading.model is None) == any(not problem.is_warning for problem in reading.problems)
    for problem in reading.problems:
        assert problem.rule
        assert str(problem.sentence)
    if reading.model is None:
        return
    for id in reading.model.processes:
        try:
            start(reading.model, id, "main", {}, now=NOON, host=Surroundings(main=reading.model))
        except StepFailed as failed:
            assert failed.cause
