import pytest

from engine.bpmn import StepFailed
from engine.facts.events import ElementCompleted, ElementEntered
from tests.bpmn.cases import Run
from tests.bpmn.writing import changed

EACH = "start s\nuser u each==people as=person {}\nuser v\nend e\ns -> u -> v -> e"
PEOPLE = {"people": ["a", "b", "c"]}


def test_there_is_a_task_for_each_item_at_once(run: Run) -> None:
    case = run(EACH.format(""), PEOPLE)
    assert case.tasks == ["u", "u", "u"]
    tokens = [each.token for each in case.execution.tokens() if each.kind == "userTask"]
    assert [case.execution.variables_of(token)["person"] for token in tokens] == ["a", "b", "c"]
    for _ in range(3):
        case.complete("u")
    assert case.tasks == ["v"]
    assert case.variables == PEOPLE


def test_sequentially_there_is_one_after_the_other(run: Run) -> None:
    case = run(EACH.format("sequential"), PEOPLE)
    seen = []
    while case.tasks == ["u"]:
        token = case.execution.tokens()[-1].token
        seen.append(case.execution.variables_of(token)["person"])
        case.complete("u")
    assert seen == ["a", "b", "c"]
    assert case.tasks == ["v"]


def test_what_the_instances_leave_is_collected_in_the_order_of_the_items(run: Run) -> None:
    case = run(EACH.format("collect=opinions outputElement='={who: person, says: opinion}'"), PEOPLE)
    case.complete("u", {"opinion": "yes"}, at=2)
    case.complete("u", {"opinion": "no"}, at=0)
    case.complete("u", {"opinion": "maybe"})
    assert case.variables["opinions"] == [
        {"who": "a", "says": "no"},
        {"who": "b", "says": "maybe"},
        {"who": "c", "says": "yes"},
    ]


def test_the_completion_condition_takes_the_others_away(run: Run) -> None:
    case = run(EACH.format("until='numberOfCompletedInstances / numberOfInstances >= 0.5'"), PEOPLE)
    case.complete("u")
    assert case.tasks == ["u", "u"]
    case.complete("u")
    assert case.tasks == ["v"]


def test_one_refusal_ends_it(run: Run) -> None:
    case = run(EACH.format("until='outcome = \"refuse\"' collect=outcomes outputElement==outcome"), PEOPLE)
    case.complete("u", {"outcome": "agree"})
    case.complete("u", {"outcome": "refuse"})
    assert case.tasks == ["v"]
    assert case.variables["outcomes"] == ["agree", "refuse", None]


def test_a_number_of_instances_is_enough(run: Run) -> None:
    case = run("start s\nuser u times='count * 2'\nend e\ns -> u -> e", {"count": 2})
    assert case.tasks == ["u"] * 4


@pytest.mark.parametrize("words", ["each==[]", "times=0", "each==[] sequential"])
def test_no_instance_at_all_passes(run: Run, words: str) -> None:
    assert run(f"start s\nuser u {words}\nuser v\nend e\ns -> u -> v -> e").tasks == ["v"]


@pytest.mark.parametrize(
    ("words", "why"),
    [("each==x", "None, not a list"), ("times=-1", "-1, not a whole number"), ("times=1.5", "1.5"), ("times=x", "None")],
)
def test_what_is_no_collection_or_number_is_a_failed_step(run: Run, words: str, why: str) -> None:
    with pytest.raises(StepFailed, match=why) as failed:
        run(f"start s\nuser u {words}\nend e\ns -> u -> e")
    assert failed.value.element == "u"


def test_the_loop_has_a_kind_of_its_own_in_the_events(run: Run) -> None:
    case = run("start s\ntask t times=2\nend e\ns -> t -> e")
    assert [each.kind for each in case.of(ElementEntered) if each.element == "t"] == [
        "multiInstanceLoopCharacteristics",
        "task",
        "task",
    ]
    assert [each.kind for each in case.of(ElementCompleted) if each.element == "t"] == [
        "task",
        "task",
        "multiInstanceLoopCharacteristics",
    ]


def test_instances_of_a_sub_process_have_their_own_item(run: Run) -> None:
    case = run("""
        start s
        sub x each==[1,2] as=n collect=doubles outputElement==d {
            start t
            user a
            script k script='n * 2' liuzhuan:resultVariable=d
            t -> a -> k
        }
        end e
        s -> x -> e
        """)
    case.complete("a")
    case.complete("a")
    assert case.variables["doubles"] == [2, 4]


def test_the_standard_children_name_collection_item_and_output(run: Run) -> None:
    children = (
        "<loopDataInputRef>people</loopDataInputRef><loopDataOutputRef>greetings</loopDataOutputRef>"
        '<inputDataItem id="i" name="person"/><outputDataItem id="o" name="greeting"/>'
    )
    case = run(f"start s\nuser u times=0 mi='{children}'\nend e\ns -> u -> e", PEOPLE)
    assert case.tasks == ["u"] * 3
    for name in "abc":
        case.complete("u", {"greeting": f"hello {name}"})
    assert case.variables == {**PEOPLE, "greetings": ["hello a", "hello b", "hello c"]}


def test_a_thousand_instances_come_and_go(run: Run) -> None:
    case = run("start s\ntask t times=1000\nend e\ns -> t -> e")
    assert case.outcome == "completed"


BEHAVIOR = """
    start s
    user u times=3
    boundary b on=u signal=one nonInterrupting
    user v
    end e
    s -> u -> e
    b -> v
    """
ONE = (
    "<multiInstanceLoopCharacteristics>",
    '<multiInstanceLoopCharacteristics behavior="{}" {}BehaviorEventRef="thrown">',
)
ROOT = ("<process ", '<signalEventDefinition id="thrown" signalRef="signal_one"/><process ')


@pytest.mark.parametrize(("behavior", "count"), [("One", 1), ("None", 3)])
def test_completed_instances_throw_the_event_of_the_behavior_to_the_boundary(run: Run, behavior: str, count: int) -> None:
    case = run(changed(BEHAVIOR, (ONE[0], ONE[1].format(behavior, behavior.lower())), ROOT))
    for _ in range(3):
        case.complete("u")
    assert case.tasks == ["v"] * count


def test_a_complex_behavior_throws_when_its_condition_is_true_and_ends_the_rest(run: Run) -> None:
    complex_behavior = (
        '<complexBehaviorDefinition><condition>numberOfCompletedInstances = 2</condition><event id="i">'
        '<signalEventDefinition signalRef="signal_one"/></event></complexBehaviorDefinition></multiInstanceLoopCharacteristics>'
    )
    case = run(
        changed(
            BEHAVIOR,
            ("<multiInstanceLoopCharacteristics>", '<multiInstanceLoopCharacteristics behavior="Complex">'),
            ("</multiInstanceLoopCharacteristics>", complex_behavior),
        )
    )
    case.complete("u")
    assert case.tasks == ["u", "u"]
    case.complete("u")
    assert case.tasks == ["v"]
