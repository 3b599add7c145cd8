import json

import pytest

from engine.bpmn import read
from tests.bpmn.cases import Case, Run, model_of
from tests.bpmn.writing import bpmn, changed

BOOKING = """
start s
user a
boundary ca on=a compensate
user undoA isForCompensation=true
user b
boundary cb on=b compensate
user undoB isForCompensation=true
user c
throw t compensate{}
user d
end e
s -> a -> b -> c -> t -> d -> e
ca ~> undoA
cb ~> undoB
"""


def test_completed_activities_are_undone_in_reverse_order(run: Run) -> None:
    case = run(BOOKING.format(""))
    for task in ("a", "b", "c"):
        case.complete(task)
    assert case.tasks == ["undoB"]
    case.complete("undoB")
    assert case.tasks == ["undoA"]
    case.complete("undoA")
    assert case.tasks == ["d"]


def test_one_activity_can_be_undone_alone(run: Run) -> None:
    case = run(BOOKING.format("=a"))
    for task in ("a", "b", "c"):
        case.complete(task)
    assert case.tasks == ["undoA"]
    case.complete("undoA")
    assert case.tasks == ["d"]


def test_what_is_not_completed_is_not_undone(run: Run) -> None:
    lines = BOOKING.replace("s -> a -> b", "xor g default=g_default\ns -> g\ng -> a : x\ng -> b : default\na -> b")
    case = run(lines.format(""), {"x": False})
    for task in ("b", "c"):
        case.complete(task)
    assert case.tasks == ["undoB"]
    case.complete("undoB")
    assert case.tasks == ["d"]


def test_nothing_to_undo_goes_on(run: Run) -> None:
    assert run("start s\nthrow t compensate\nuser d\nend e\ns -> t -> d -> e").tasks == ["d"]


def test_a_completed_sub_process_is_undone_from_inside(run: Run) -> None:
    lines = """
    start s
    sub x {
    start xs
    user a
    boundary ca on=a compensate
    user undoA isForCompensation=true
    xs -> a
    ca ~> undoA
    }
    user c
    throw t compensate
    user d
    end e
    s -> x -> c -> t -> d -> e
    """
    case = run(lines)
    case.complete("a")
    case.complete("c")
    assert case.tasks == ["undoA"]
    case.complete("undoA")
    assert case.tasks == ["d"]


def test_a_sub_process_with_its_own_compensation_handler_decides_itself(run: Run) -> None:
    case = run("""
        start s
        sub x {
            start xs
            user a
            xs -> a
            on h {
                start hs compensate
                user v
                hs -> v
            }
        }
        user c
        throw t compensate
        user d
        end e
        s -> x -> c -> t -> d -> e
        """)
    case.complete("a")
    case.complete("c")
    assert case.tasks == ["v"]
    case.complete("v")
    assert case.tasks == ["d"]


# ---------------------------------------------------------------------- what the handlers see


def test_a_handler_inside_of_a_sub_process_sees_its_data_objects_as_they_were(run: Run) -> None:
    lines = """
    start s
    sub x {
        start xs
        user a
        boundary ca on=a compensate
        script noted script='append(notes, note + price)' liuzhuan:resultVariable=notes isForCompensation=true
        xs -> a
        ca ~> noted
    }
    user c
    throw t compensate
    end e
    s -> x -> c -> t -> e
    """
    case = run(changed(lines, ('<userTask id="a">', '<dataObject id="note"/><userTask id="a">')), {"notes": [], "price": "?"})
    case.complete("a", {"note": "room 7 ", "price": "90"})
    case.complete("c", {"note": "outside", "price": "80"})
    assert case.outcome == "completed"
    assert case.variables["notes"] == ["room 7 80"]
    assert case.variables["note"] == "outside"


def test_the_compensation_event_sub_process_sees_its_sub_process_as_it_was(run: Run) -> None:
    lines = """
    start s
    sub x {
        start xs
        user a
        xs -> a
        on h {
            start hs compensate
            script v script='append(notes, note)' liuzhuan:resultVariable=notes
            hs -> v
        }
    }
    user c
    throw t compensate
    end e
    s -> x -> c -> t -> e
    """
    case = run(changed(lines, ('<userTask id="a">', '<dataObject id="note"/><userTask id="a">')), {"notes": []})
    case.complete("a", {"note": "room 7"})
    case.complete("c", {"note": "outside"})
    assert case.variables["notes"] == ["room 7"]


def test_each_instance_of_a_sub_process_is_undone_with_its_own_item_last_one_first(run: Run) -> None:
    case = run(
        """
        start s
        sub x each="=rooms" as=room {
            start xs
            user a
            boundary ca on=a compensate
            script noted script='append(notes, room)' liuzhuan:resultVariable=notes isForCompensation=true
            xs -> a
            ca ~> noted
        }
        throw t compensate
        end e
        s -> x -> t -> e
        """,
        {"rooms": [1, 2, 3], "notes": []},
    )
    for _ in range(3):
        case.complete("a")
    assert case.variables["notes"] == [3, 2, 1]


@pytest.mark.parametrize("order", ["", "sequential"])
def test_each_instance_of_an_activity_is_undone_with_its_own_item(run: Run, order: str) -> None:
    case = run(
        f"""
        start s
        user a each="=rooms" as=room {order}
        boundary ca on=a compensate
        user undo isForCompensation=true
        throw t compensate
        end e
        s -> a -> t -> e
        ca ~> undo
        """,
        {"rooms": [1, 2, 3]},
    )
    for _ in range(3):
        case.complete("a")
    seen = []
    while case.tasks:
        seen.append(case.execution.variables_of(case.execution.waiting()[0].token)["room"])
        case.complete("undo")
    assert seen == [3, 2, 1]
    assert case.outcome == "completed"


def test_a_loop_is_undone_as_often_as_it_was_done(run: Run) -> None:
    case = run(
        """
        start s
        user a loop="loopCounter &lt; 2"
        boundary ca on=a compensate
        user undo isForCompensation=true
        throw t compensate
        end e
        s -> a -> t -> e
        ca ~> undo
        """.replace("&lt;", "<")
    )
    case.complete("a")
    case.complete("a")
    assert case.tasks == ["undo"]
    case.complete("undo")
    case.complete("undo")
    assert case.outcome == "completed"


def test_instances_that_were_done_are_not_undone_when_the_others_were_interrupted(run: Run) -> None:
    """An activity that was interrupted did not complete (BPMN §13.5.5)."""
    case = run(
        """
        start s
        user a each="=rooms" as=room
        boundary ca on=a compensate
        boundary out on=a message=enough
        user undo isForCompensation=true
        throw t compensate
        end e
        s -> a
        out -> t -> e
        ca ~> undo
        """,
        {"rooms": [1, 2]},
    )
    case.complete("a")
    case.send("enough")
    assert case.outcome == "completed"


def test_a_handler_sees_the_inputs_of_its_activity_and_the_rest_as_it_is_now(run: Run) -> None:
    case = run(
        """
        start s
        user a in.room="=wish"
        boundary ca on=a compensate
        user undo isForCompensation=true
        user c
        throw t compensate
        end e
        s -> a -> c -> t -> e
        ca ~> undo
        """,
        {"wish": 7, "price": 90},
    )
    case.complete("a")
    case.complete("c", {"wish": 8, "price": 80})
    seen = case.execution.variables_of(case.execution.waiting()[0].token)
    assert (seen["room"], seen["wish"], seen["price"]) == (7, 8, 80)


def test_inputs_and_outputs_of_a_sub_process_are_not_repeated_when_it_is_undone(run: Run) -> None:
    case = run(
        """
        start s
        sub x in.room="=wish" out.count="=count + 1" {
            start xs
            user a
            boundary ca on=a compensate
            user undo isForCompensation=true
            xs -> a
            ca ~> undo
        }
        user c
        throw t compensate
        end e
        s -> x -> c -> t -> e
        """,
        {"wish": 7, "count": 0},
    )
    case.complete("a")
    case.complete("c", {"wish": 8})
    assert case.execution.variables_of(case.execution.waiting()[0].token)["room"] == 7
    case.complete("undo")
    assert case.variables["count"] == 1


def test_a_state_saved_before_variables_were_kept_is_still_undone(run: Run) -> None:
    model = model_of(BOOKING.format(""))
    case = Case(model, is_restored=True)
    for task in ("a", "b"):
        case.complete(task)
    saved = json.loads(case.execution.save())
    assert saved["c"] == [{"element": "a", "inside": []}, {"element": "b", "inside": []}]
    case.complete("c")
    assert case.tasks == ["undoB"]


INNER = """
start s
sub x {
start xs
user a
boundary ca on=a compensate
user undo isForCompensation=true
user b
on h {
start hs error=E
throw ht compensate=a
hs -> ht
}
xs -> a -> b
ca ~> undo
}
throw t compensate=%s
s -> x -> t
"""


@pytest.mark.parametrize(("activity", "where"), [("a", ["t"]), ("x", [])])
def test_a_deployment_is_warned_when_compensation_does_not_reach_the_activity_it_names(activity: str, where: list[str]) -> None:
    problems = read(bpmn(INNER % activity)).problems
    assert [(each.rule, each.where) for each in problems if each.is_warning] == [("compensation-scope", at) for at in where]


def test_a_deployment_is_warned_that_compensation_is_always_waited_for() -> None:
    xml = changed(
        BOOKING.format(""),
        ("<compensateEventDefinition/></intermediate", '<compensateEventDefinition waitForCompletion="false"/></intermediate'),
    )
    assert [(each.rule, each.where) for each in read(xml).problems] == [("compensation-waits", "t")]
