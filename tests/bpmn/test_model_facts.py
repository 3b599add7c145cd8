"""What the rest of the engine knows of a model without running it."""

from engine.bpmn import Process, Starter
from tests.bpmn.cases import model_of
from tests.bpmn.writing import bpmn

LINES = """
start s liuzhuan:form=business/lead
user u name=审批 liuzhuan:nameEn=Approve liuzhuan:form=business/approval
sub x name=Inner {
start t
rule r liuzhuan:decision=tier
t -> r
}
call c calledElement=other
service j connector=http
end e
s -> u -> x -> c -> j -> e
"""


def facts() -> Process:
    xml = bpmn(LINES, id="lead", name="线索", liuzhuan_nameEn="Lead", liuzhuan_area="business").replace(
        b'liuzhuan:area="business">',
        b'liuzhuan:area="business"><extensionElements><liuzhuan:starter role="clerk" department="sales"/>'
        b'<liuzhuan:administrator role="process-administrator"/></extensionElements>'
        b'<laneSet id="ls"><lane id="l1" name="Sales"><flowNodeRef>u</flowNodeRef>'
        b'<childLaneSet id="cs"><lane id="l2" name="Desk">'
        b"<flowNodeRef>c</flowNodeRef></lane></childLaneSet></lane></laneSet>",
    )
    return model_of(xml).processes["lead"]


def test_a_process_tells_its_names_and_who_may_start_it() -> None:
    process = facts()
    assert (process.id, process.name, process.name_en, process.area) == ("lead", "线索", "Lead", "business")
    assert process.starters == (Starter("clerk", "sales"),)
    assert process.administrators == ("process-administrator",)
    assert process.start_form == "business/lead"


def test_it_tells_what_it_refers_to() -> None:
    process = facts()
    assert process.forms == ("business/lead", "business/approval")
    assert process.decisions == ("tier",)
    assert process.called == ("other",)


def test_elements_tell_kind_names_lane_and_parent() -> None:
    elements = facts().elements
    assert (elements["u"].kind, elements["u"].name, elements["u"].name_en, elements["u"].lane) == (
        "userTask",
        "审批",
        "Approve",
        "Sales",
    )
    assert elements["c"].lane == "Desk"
    assert (elements["r"].parent, elements["r"].decision) == ("x", "tier")
    assert elements["j"].connector == "http"


def test_only_executable_processes_are_read_when_any_is_marked_so() -> None:
    xml = bpmn("start s\nend e\ns -> e").replace(
        b"</definitions>", b'<process id="partner" isExecutable="false"><task id="t"/></process></definitions>'
    )
    assert set(model_of(xml).processes) == {"p"}


def test_several_executable_processes_of_one_file_are_all_read() -> None:
    other = b'<process id="q" isExecutable="true"><startEvent id="qs"/></process></definitions>'
    assert set(model_of(bpmn("start s\nend e\ns -> e").replace(b"</definitions>", other)).processes) == {"p", "q"}
