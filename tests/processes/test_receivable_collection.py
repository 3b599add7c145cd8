"""逾期催收: three rounds, each stricter, then a decision; a payment ends any of it."""

from __future__ import annotations

import pytest

from tests.processes import documents as filled
from tests.processes.office import OUTSIDER, Case, Office
from tests.processes.steps import collect

NUMBER = filled.OVERDUE["contractNumber"]


@pytest.fixture
def case(office: Office) -> Case:
    return office.start("tang.yan", "receivable-collection", **filled.OVERDUE)


@pytest.fixture
def undecided(office: Office, case: Case) -> Case:
    for days in (7, 15, 30):
        office.wait(days=days)
    return case


def test_a_round_goes_from_the_reason_to_waiting_for_the_payment(case: Case) -> None:
    assert case.inbox("wu.ting") == ["AskForReason"]
    assert case.inbox("zhou.jie") == case.inbox(OUTSIDER) == []
    collect(case)
    assert case.inbox("tang.yan") == ["AwaitPayment"]


def test_only_finance_starts_a_collection(office: Office) -> None:
    assert office.ask(
        "li.na", "POST", "/process-definitions/receivable-collection/start", variables=filled.OVERDUE
    ).status_code in (403, 404)


def test_a_registered_payment_ends_the_collection(case: Case) -> None:
    collect(case)
    case.do("tang.yan", "AwaitPayment", **filled.payment(30_000))
    assert (case.status, case.ends) == ("completed", ["RoundPaid", "Paid"])


@pytest.mark.parametrize("done", [0, 1, 2, 3])
def test_a_payment_message_ends_any_step_of_a_round(office: Office, case: Case, done: int) -> None:
    steps = (
        ("wu.ting", "AskForReason", filled.REASON),
        ("tang.yan", "PlanCollection", filled.COLLECTION_PLAN),
        ("tang.yan", "CarryOutCollection", filled.COLLECTED),
    )
    for person, element, form in steps[:done]:
        case.do(person, element, **form)
    office.tell("payment-received", NUMBER, **filled.payment(30_000))
    assert (case.status, case.ends) == ("completed", ["Paid"])


def test_each_round_is_longer_and_stricter(office: Office, case: Case) -> None:
    seen = []
    for days in (7, 15, 30):
        shown = case.form("wu.ting", "AskForReason")["values"]
        seen.append((shown["collectionRound"], shown["collectionMethod"]))
        office.wait(days=days, minutes=-1)
        assert case.open == ["AskForReason"]
        office.wait(minutes=1)
    assert [round for round, _ in seen] == [1, 2, 3]
    assert "律师函" in seen[2][1]
    assert case.open == ["DecideOnDebt"]


def test_a_round_ends_by_time_whatever_step_it_is_in(office: Office, case: Case) -> None:
    collect(case)
    office.wait(days=7)
    assert case.open == ["AskForReason"]
    assert case.form("wu.ting", "AskForReason")["values"].get("overdueReason") is None


def test_a_payment_in_the_third_round_ends_the_collection(office: Office, case: Case) -> None:
    office.wait(days=7)
    office.wait(days=15)
    office.tell("payment-received", NUMBER, **filled.payment(30_000))
    assert case.ends == ["Paid"]


def test_after_three_rounds_the_finance_manager_decides(undecided: Case) -> None:
    assert undecided.inbox("qian.feng") == ["DecideOnDebt"]
    assert undecided.inbox("tang.yan") == []


def test_an_extension_needs_a_new_date(undecided: Case) -> None:
    without = {name: value for name, value in filled.EXTEND.items() if name != "newDueDate"}
    assert undecided.submit("qian.feng", "DecideOnDebt", **without).status_code == 422
    undecided.do("qian.feng", "DecideOnDebt", **filled.EXTEND)
    assert (undecided.status, undecided.ends) == ("completed", ["Extended"])


def test_a_debt_is_written_off(undecided: Case) -> None:
    undecided.do("qian.feng", "DecideOnDebt", **filled.WRITE_OFF)
    assert (undecided.status, undecided.ends) == ("completed", ["WrittenOff"])


def test_legal_counsel_recovers_a_debt(undecided: Case) -> None:
    undecided.do("qian.feng", "DecideOnDebt", **filled.GO_TO_LAW)
    assert undecided.inbox("gao.yuan") == undecided.inbox("shen.yue") == ["RecoverByLaw"]
    undecided.do("gao.yuan", "RecoverByLaw", **filled.RECOVERED, **filled.payment(30_000))
    assert undecided.ends == ["Recovered"]


def test_a_recovered_debt_needs_its_amount(undecided: Case) -> None:
    undecided.do("qian.feng", "DecideOnDebt", **filled.GO_TO_LAW)
    assert undecided.submit("gao.yuan", "RecoverByLaw", **filled.RECOVERED).status_code == 422


def test_a_debt_lost_at_law_is_written_off(undecided: Case) -> None:
    undecided.do("qian.feng", "DecideOnDebt", **filled.GO_TO_LAW)
    undecided.do("shen.yue", "RecoverByLaw", **filled.LOST)
    assert undecided.ends == ["WrittenOff"]


def test_a_payment_ends_the_recovery_by_law(office: Office, undecided: Case) -> None:
    undecided.do("qian.feng", "DecideOnDebt", **filled.GO_TO_LAW)
    office.tell("payment-received", NUMBER, **filled.payment(30_000))
    assert undecided.ends == ["Recovered"]


def test_the_initiator_withdraws(case: Case) -> None:
    assert case.withdraw("tang.yan").status_code == 200
    assert (case.status, case.open) == ("cancelled", [])
