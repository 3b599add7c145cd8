"""Which steps certainly come next."""

from engine.bpmn import find_coming, read
from tests.bpmn.writing import bpmn

LINES = """
start s
user ask
xor again
service book connector=http
user check name=核对
sub pack {
user wrap
user label
end packed
wrap -> label -> packed
}
call ship calledElement=shipping
user decide
xor decided
user after
end e
s -> ask -> again -> book -> check -> pack -> ship -> decide -> decided
decided -> after : good
decided -> again : not(good)
after -> e
"""


def after(element: str) -> list[str]:
    reading = read(bpmn(LINES))
    assert reading.model is not None, reading.problems
    return [step.id for step in find_coming(reading.model, element)]


def test_people_and_the_processes_inside_are_told_up_to_the_first_decision() -> None:
    assert after("ask") == ["check", "pack", "ship", "decide"]


def test_after_a_decision_nothing_is_certain() -> None:
    assert after("decide") == []


def test_inside_of_a_sub_process_the_steps_end_with_it() -> None:
    assert after("wrap") == ["label"]


def test_an_unknown_element_is_followed_by_nothing() -> None:
    assert after("nowhere") == []


def test_a_way_that_goes_round_is_told_once() -> None:
    reading = read(bpmn("start s\nuser a\nuser b\nxor g\ns -> g -> a -> b -> g"))
    assert reading.model is not None, reading.problems
    assert [step.id for step in find_coming(reading.model, "a")] == ["b"]
