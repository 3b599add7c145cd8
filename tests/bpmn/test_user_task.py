from datetime import UTC, datetime, timedelta

import pytest

from engine.bpmn import NotWaiting, read
from engine.facts.events import UserTaskCancelled, UserTaskCompleted, VariablesChanged
from engine.facts.user_task_facts import FieldRight, Outcome
from tests.bpmn.cases import NOON, Run, model_of
from tests.bpmn.writing import bpmn

CHAIN = "start s\nuser a\nuser b\nend e\ns -> a -> b -> e"


def test_a_user_task_waits_until_somebody_completes_it(run: Run) -> None:
    case = run(CHAIN)
    assert case.tasks == ["a"]
    case.complete("a")
    assert case.tasks == ["b"]
    case.complete("b")
    assert case.outcome == "completed"
    assert case.path == ["s", "a", "b", "e"]


def test_what_is_submitted_becomes_variables_of_the_process(run: Run) -> None:
    case = run(CHAIN, {"amount": 1})
    events = case.complete("a", {"amount": 2, "名称": "合同"})
    assert case.variables == {"amount": 2, "名称": "合同"}
    assert events[0] == VariablesChanged(2, "a", "main", {"amount": 2, "名称": "合同"})
    assert isinstance(events[1], UserTaskCompleted)


def test_completing_a_task_twice_is_refused(run: Run) -> None:
    case = run(CHAIN)
    case.complete("a")
    with pytest.raises(NotWaiting):
        case.execution.complete(2, {}, NOON)
    assert case.tasks == ["b"]


def test_completing_what_is_no_user_task_is_refused(run: Run) -> None:
    case = run("start s\nservice j connector=http\nend e\ns -> j -> e")
    with pytest.raises(NotWaiting):
        case.execution.complete(2, {}, NOON)


def test_facts_tell_everything_the_inbox_needs(run: Run) -> None:
    case = run(
        """
        start s
        user u name="审批" liuzhuan:nameEn=Approve liuzhuan:form=finance/expense liuzhuan:priority=80 liuzhuan:comment=required \
            ext='<liuzhuan:assignment strategy="role" role="finance-specialist"/>\
<liuzhuan:outcome value="agree" name="同意" style="primary"/><liuzhuan:field name="amount" access="read"/>'
        end e
        s -> u -> e
        """
    )
    task = case.task("u")
    assert (task.name, task.name_en) == ("审批", "Approve")
    assert task.form == "finance/expense"
    assert task.priority == 80
    assert task.facts.comment == "required"
    assert task.due_at is None
    assert task.assignments == [{"strategy": "role", "role": "finance-specialist"}]
    assert task.facts.outcomes == (Outcome("agree", "同意", style="primary"),)
    assert task.facts.fields == (FieldRight("amount", "read"),)
    assert task.facts.outcome_variable == "outcome"


def test_assignments_are_evaluated_when_the_task_is_created_and_stay(run: Run) -> None:
    case = run(
        """
            start s
            user u ext='<liuzhuan:assignment strategy="person" person="=manager"/>'
            end e
            s -> u -> e
            """,
        {"manager": "li.na"},
    )
    assert case.task("u").assignments == [{"strategy": "person", "person": "li.na"}]
    case.set(manager="he.bin")
    assert case.task("u").assignments == [{"strategy": "person", "person": "li.na"}]


def test_an_assignment_whose_variable_is_missing_names_nobody(run: Run) -> None:
    case = run("""
        start s
        user u ext='<liuzhuan:assignment strategy="person" person="=manager"/>'
        end e
        s -> u -> e
        """)
    assert case.task("u").assignments == [{"strategy": "person", "person": None}]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("P2D", NOON + timedelta(days=2)),
        ("PT90M", NOON + timedelta(minutes=90)),
        ('=duration("P1D")', NOON + timedelta(days=1)),
        ('=date and time("2026-05-01T09:00:00Z")', datetime(2026, 5, 1, 9, tzinfo=UTC)),
        ("=deadline", datetime(2026, 4, 1, tzinfo=UTC)),
        ("=missing", None),
    ],
)
def test_a_task_is_due_at_a_moment_counted_from_its_creation(run: Run, due: str, expected: datetime | None) -> None:
    case = run(f"start s\nuser u liuzhuan:due='{due}'\nend e\ns -> u -> e", {"deadline": "2026-04-01"})
    assert case.task("u").due_at == expected


def test_inputs_are_seen_by_the_task_alone(run: Run) -> None:
    case = run("start s\nuser u in.limit='=amount * 2'\nend e\ns -> u -> e", {"amount": 5})
    token = case.execution.tokens()[0].token
    assert case.execution.variables_of(token) == {"amount": 5, "limit": 10}
    assert case.variables == {"amount": 5}


def test_only_outputs_leave_the_task_when_it_has_any(run: Run) -> None:
    case = run("start s\nuser u out.total='=price * count'\nend e\ns -> u -> e", {"price": 3})
    case.complete("u", {"count": 4, "secret": "x"})
    assert case.variables == {"price": 3, "total": 12}


def test_results_go_around_the_inputs_of_the_task(run: Run) -> None:
    case = run("start s\nuser u in.amount='=amount + 1'\nend e\ns -> u -> e", {"amount": 1})
    case.complete("u", {"amount": 7})
    assert case.variables == {"amount": 7}


def test_a_task_taken_away_is_cancelled_with_its_reason(run: Run) -> None:
    case = run(CHAIN)
    case.cancel()
    assert case.outcome == "cancelled"
    assert case.of(UserTaskCancelled)[0].reason == "cancelled"
    assert case.tasks == []


def test_a_manual_task_waits_like_a_user_task(run: Run) -> None:
    case = run("start s\nmanual m\nend e\ns -> m -> e")
    assert case.tasks == ["m"]
    case.complete("m")
    assert case.outcome == "completed"


def test_the_title_of_the_instance_follows_its_variables(run: Run) -> None:
    case = run(
        model_of(CHAIN, liuzhuan_title='="报销 " + string(amount)', liuzhuan_businessKey="=number"),
        {"amount": 3, "number": "A-1"},
    )
    assert case.execution.title() == "报销 3"
    case.set(amount=4)
    assert case.execution.title() == "报销 4"
    assert case.execution.business_key() == "A-1"


def test_a_field_right_for_a_part_of_a_variable_is_refused() -> None:
    model = """
        start s
        user u ext='<liuzhuan:field name="customer.secret" access="hidden"/>'
        end e
        s -> u -> e
        """
    (problem,) = read(bpmn(model)).problems
    assert problem.rule == "field-right"
    assert "customer.secret" in str(problem.sentence) and "'customer'" in str(problem.fix)
