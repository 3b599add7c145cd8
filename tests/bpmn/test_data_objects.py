from tests.bpmn.cases import Run
from tests.bpmn.writing import bpmn


def test_associations_copy_data_objects_in_and_out(run: Run) -> None:
    xml = bpmn("start s\nuser u\nend e\ns -> u -> e").replace(
        b'<userTask id="u"></userTask>',
        b'<dataObject id="order"/><dataObjectReference id="ref" dataObjectRef="order"/><userTask id="u">'
        b"<dataInputAssociation><sourceRef>ref</sourceRef><targetRef>shown</targetRef></dataInputAssociation>"
        b"<dataOutputAssociation><sourceRef>changed</sourceRef><targetRef>ref</targetRef></dataOutputAssociation></userTask>",
    )
    case = run(xml, {"order": "A"})
    assert case.variables["shown"] == "A"
    case.complete("u", {"changed": "B"})
    assert case.variables["order"] == "B"


def test_a_data_object_of_a_sub_process_is_local_to_it(run: Run) -> None:
    xml = bpmn("start s\nsub x {\nstart t\nuser u\nt -> u\n}\nuser v\nend e\ns -> x -> v -> e").replace(
        b'<startEvent id="t">', b'<dataObject id="draft"/><startEvent id="t">'
    )
    case = run(xml)
    case.complete("u", {"draft": 1, "kept": 2})
    assert case.variables == {"kept": 2}


def test_a_data_object_of_the_process_is_null_at_first(run: Run) -> None:
    xml = bpmn("""
        start s
        user u
        end e
        s -> u -> e
        """).replace(b'<startEvent id="s">', b'<dataObject id="order"/><startEvent id="s">')
    assert run(xml).variables == {"order": None}


def test_a_start_quantity_collects_tokens(run: Run) -> None:
    case = run("start s\nand f\nuser a\nuser b\nuser c startQuantity=2\nend e\ns -> f -> a -> c\nf -> b -> c\nc -> e")
    case.complete("a")
    assert case.tasks == ["b"]
    case.complete("b")
    assert case.tasks == ["c"]


def test_a_completion_quantity_lets_several_tokens_go(run: Run) -> None:
    case = run("start s\ntask t completionQuantity=3\nuser u\nend e\ns -> t -> u -> e")
    assert case.tasks == ["u", "u", "u"]
