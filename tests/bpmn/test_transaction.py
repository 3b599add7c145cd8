from tests.bpmn.cases import Run
from tests.bpmn.writing import bpmn

BOOKING = """
start s
transaction x {
start xs
user pay
boundary cp on=pay compensate
user refund isForCompensation=true
user check
xor g default=g_default
end cancelled cancel
end booked
xs -> pay -> check -> g
g -> cancelled : failed
g -> booked : default
cp ~> refund
}
boundary b on=x cancel
user sorry
user thanks
end e
s -> x -> thanks -> e
b -> sorry -> e
"""


def test_a_transaction_that_succeeds_goes_on(run: Run) -> None:
    case = run(BOOKING)
    case.complete("pay")
    case.complete("check", {"failed": False})
    assert case.tasks == ["thanks"]


def test_a_cancelled_transaction_is_compensated_and_left_by_its_cancel_event(run: Run) -> None:
    case = run(BOOKING)
    case.complete("pay")
    case.complete("check", {"failed": True})
    assert case.tasks == ["refund"]
    case.complete("refund")
    assert case.tasks == ["sorry"]


def test_a_hazard_leaves_it_by_an_error_event_without_compensation(run: Run) -> None:
    xml = bpmn(BOOKING).replace(b"<cancelEventDefinition/></endEvent>", b"<errorEventDefinition/></endEvent>")
    xml = xml.replace(b"<cancelEventDefinition/>", b"<errorEventDefinition/>")
    case = run(xml)
    case.complete("pay")
    case.complete("check", {"failed": True})
    assert case.tasks == ["sorry"]
