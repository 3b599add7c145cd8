from tests.bpmn.cases import Run


def test_a_task_without_a_type_passes(run: Run) -> None:
    case = run("start s\ntask t\nend e\ns -> t -> e", {"a": 1})
    assert (case.outcome, case.variables) == ("completed", {"a": 1})


def test_its_outputs_are_set_and_see_its_inputs(run: Run) -> None:
    case = run("start s\ntask t in.b='=a + 1' out.c='=b + 1'\nend e\ns -> t -> e", {"a": 1})
    assert case.variables == {"a": 1, "c": 3}
