"""项目结算: application, invoice, payments until nothing is left, collection, reconciliation."""

from __future__ import annotations

from typing import Any

import pytest

from tests.processes import documents as filled
from tests.processes.office import OUTSIDER, Case, Office
from tests.processes.steps import collect, invoice

NUMBER = filled.REFERENCE["contractNumber"]


@pytest.fixture
def case(office: Office) -> Case:
    return office.start("li.na", "settlement", **filled.REFERENCE)


@pytest.fixture
def invoiced(case: Case) -> Case:
    invoice(case)
    return case


def paid(case: Case) -> list[float]:
    return [each["amount"] for each in case.variables["payments"]]


def test_finance_invoices_what_the_project_manager_applies_for(case: Case) -> None:
    assert case.inbox("li.na") == ["ApplyForSettlement"]
    case.do("li.na", "ApplyForSettlement", **filled.SETTLEMENT)
    assert case.inbox("tang.yan") == ["IssueInvoice"]
    assert case.inbox("qian.feng") == case.inbox(OUTSIDER) == []
    assert case.form("tang.yan", "IssueInvoice")["values"]["settlementAmount"] == 80_000


def test_one_message_of_the_finance_system_settles_in_full(office: Office, invoiced: Case) -> None:
    office.tell("payment-received", NUMBER, **filled.payment(80_000))
    assert invoiced.open == ["Reconcile"]
    invoiced.do("tang.yan", "Reconcile", **filled.BOOKED)
    assert (invoiced.status, invoiced.ends) == ("completed", ["SettledInFull"])


def test_payments_by_message_and_by_hand_add_up(office: Office, invoiced: Case) -> None:
    office.tell("payment-received", NUMBER, **filled.payment(30_000.1))
    assert invoiced.inbox("tang.yan") == ["RegisterPayment"]
    shown = invoiced.form("tang.yan", "RegisterPayment")["values"]
    assert shown["payments"] == [{"amount": 30_000.1, "date": "2026-12-28", "reference": "SK-1"}]
    assert shown.get("paymentAmount") is None
    invoiced.do("tang.yan", "RegisterPayment", **filled.payment(20_000.2, reference="SK-2"))
    assert invoiced.open == ["RegisterPayment"]
    office.tell("payment-received", NUMBER, **filled.payment(29_999.7, reference="SK-3"))
    assert invoiced.open == ["Reconcile"]
    assert paid(invoiced) == [30_000.1, 20_000.2, 29_999.7]


def test_a_payment_for_another_contract_does_not_count(office: Office, invoiced: Case) -> None:
    office.tell("payment-received", "HT-2026-8", **filled.payment(80_000))
    assert invoiced.open == ["RegisterPayment"]


def test_an_amount_that_comes_as_a_text_counts(office: Office, invoiced: Case) -> None:
    office.tell("payment-received", NUMBER, **{**filled.payment(0), "paymentAmount": "79999.99"})
    assert (invoiced.open, paid(invoiced)) == (["RegisterPayment"], [79_999.99])


def test_a_message_cannot_change_anything_but_the_payment(office: Office, invoiced: Case) -> None:
    office.tell("payment-received", NUMBER, receivableAmount=1, **filled.payment(10))
    assert invoiced.open == ["RegisterPayment"]
    assert invoiced.variables["receivableAmount"] == 80_000


def test_a_payment_that_comes_before_the_invoice_counts(office: Office, case: Case) -> None:
    office.tell("payment-received", NUMBER, **filled.payment(80_000))
    assert case.open == ["ApplyForSettlement"]
    invoice(case)
    assert case.open == ["Reconcile"]


def test_a_payment_is_positive(invoiced: Case) -> None:
    assert invoiced.submit("tang.yan", "RegisterPayment", **filled.payment(0)).status_code == 422


def test_after_the_due_date_collection_begins(office: Office, invoiced: Case) -> None:
    office.wait_until("2027-01-20", "23:59")
    assert invoiced.open == ["RegisterPayment"]
    office.wait(minutes=1)
    assert invoiced.open == ["AskForReason"]
    assert invoiced.inbox("zhou.jie") == invoiced.inbox("wu.ting") == ["AskForReason"]
    assert invoiced.form("wu.ting", "AskForReason")["values"]["overdueAmount"] == 80_000


def test_what_was_paid_before_is_not_collected(office: Office, invoiced: Case) -> None:
    office.tell("payment-received", NUMBER, **filled.payment(30_000))
    office.wait_until("2027-01-21")
    assert invoiced.form("wu.ting", "AskForReason")["values"]["overdueAmount"] == 50_000


def test_a_payment_during_collection_settles(office: Office, invoiced: Case) -> None:
    office.wait_until("2027-01-21")
    office.tell("payment-received", NUMBER, **filled.payment(80_000))
    assert invoiced.open == ["Reconcile"]
    assert paid(invoiced) == [80_000]


@pytest.mark.parametrize("past", [(), (7,), (7, 15)])
def test_after_a_part_payment_the_rest_is_collected_in_the_same_round(
    office: Office, invoiced: Case, past: tuple[int, ...]
) -> None:
    office.wait_until("2027-01-21")
    for days in past:
        office.wait(days=days)
    collect(invoiced)
    invoiced.do("tang.yan", "AwaitPayment", **filled.payment(30_000))
    assert invoiced.open == ["AskForReason"]
    shown = invoiced.form("wu.ting", "AskForReason")["values"]
    assert (shown["overdueAmount"], shown["collectionRound"]) == (50_000, len(past) + 1)


def test_the_round_goes_on_from_a_part_payment_to_the_next(office: Office, invoiced: Case) -> None:
    office.wait_until("2027-01-21")
    office.wait(days=7)
    office.tell("payment-received", NUMBER, **filled.payment(30_000))
    office.wait(days=15, minutes=-1)
    assert invoiced.form("wu.ting", "AskForReason")["values"]["collectionRound"] == 2
    office.wait(minutes=1)
    assert invoiced.form("wu.ting", "AskForReason")["values"]["collectionRound"] == 3


def test_a_part_recovered_by_law_leaves_the_rest_to_the_finance_manager(office: Office, invoiced: Case) -> None:
    decide(office, invoiced, **filled.GO_TO_LAW)
    invoiced.do("shen.yue", "RecoverByLaw", **filled.RECOVERED, **filled.payment(20_000, "2027-05-20"))
    assert invoiced.open == ["DecideOnDebt"]
    assert invoiced.form("qian.feng", "DecideOnDebt")["values"]["overdueAmount"] == 60_000


def test_an_extended_debt_is_awaited_until_its_new_date(office: Office, invoiced: Case) -> None:
    decide(office, invoiced, **filled.EXTEND)
    assert invoiced.open == ["RegisterPayment"]
    assert invoiced.form("tang.yan", "RegisterPayment")["values"]["receivableDueDate"] == "2027-06-30"
    office.wait_until("2027-06-30")
    assert invoiced.open == ["RegisterPayment"]
    office.wait_until("2027-07-01")
    assert invoiced.form("wu.ting", "AskForReason")["values"]["collectionRound"] == 1


def test_a_written_off_debt_is_reconciled(office: Office, invoiced: Case) -> None:
    office.tell("payment-received", NUMBER, **filled.payment(50_000))
    decide(office, invoiced, **filled.WRITE_OFF)
    assert invoiced.open == ["Reconcile"]
    assert invoiced.variables["payments"][-1]["reference"] == "坏账核销"
    assert paid(invoiced) == [50_000, 30_000]
    invoiced.do("tang.yan", "Reconcile", **filled.BOOKED)
    assert invoiced.status == "completed"


def test_a_debt_recovered_by_law_is_reconciled(office: Office, invoiced: Case) -> None:
    decide(office, invoiced, **filled.GO_TO_LAW)
    invoiced.do("shen.yue", "RecoverByLaw", **filled.RECOVERED, **filled.payment(80_000, "2027-05-20"))
    assert invoiced.open == ["Reconcile"]
    assert paid(invoiced) == [80_000]


def test_a_debt_lost_at_law_is_written_off(office: Office, invoiced: Case) -> None:
    decide(office, invoiced, **filled.GO_TO_LAW)
    invoiced.do("shen.yue", "RecoverByLaw", **filled.LOST)
    assert invoiced.open == ["Reconcile"]
    assert invoiced.variables["payments"][-1]["reference"] == "坏账核销"


def test_the_initiator_withdraws(invoiced: Case) -> None:
    assert invoiced.withdraw("li.na").status_code == 200
    assert (invoiced.status, invoiced.open) == ("cancelled", [])


def decide(office: Office, case: Case, **decision: Any) -> None:
    """Nothing comes in all three rounds, and the finance manager decides."""
    office.wait_until("2027-01-21")
    for days in (7, 15, 30):
        office.wait(days=days)
    case.do("qian.feng", "DecideOnDebt", **decision)
