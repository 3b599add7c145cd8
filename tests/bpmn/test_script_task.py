import pytest

from engine.bpmn import StepFailed, read
from tests.bpmn.cases import Surroundings
from tests.bpmn.writing import bpmn


def test_feel_goes_into_the_result_variable(run):
    case = run(
        """
        start s
        script t scriptFormat=feel script='price * 2' liuzhuan:resultVariable=total
        end e
        s -> t -> e
        """,
        {"price": 0.1},
    )
    assert case.variables["total"] == 0.2


def test_the_entries_of_a_context_become_variables(run):
    case = run("start s\nscript t script='{net: 10, gross: net * 1.13}'\nend e\ns -> t -> e")
    assert case.variables == {"net": 10, "gross": 11.3}


def test_a_result_that_has_nowhere_to_go_is_a_failed_step(run):
    with pytest.raises(StepFailed, match="has nowhere to go"):
        run("start s\nscript t script='1 + 1'\nend e\ns -> t -> e")


def test_temporal_results_are_kept_as_iso_texts(run):
    case = run("""
        start s
        script t script='date("2026-01-31") + duration("P1M")' liuzhuan:resultVariable=day
        end e
        s -> t -> e
        """)
    assert case.variables == {"day": "2026-02-28"}


def test_now_is_the_moment_of_the_call(run):
    case = run("start s\nscript t script='string(date(now()))' liuzhuan:resultVariable=day\nend e\ns -> t -> e")
    assert case.variables == {"day": "2026-03-02"}


def test_javascript_is_run_by_the_host(run):
    host = Surroundings()
    host.scripts["total = price * 2"] = lambda variables: {"total": variables["price"] * 2}
    case = run(
        """
        start s
        script t scriptFormat=javascript script='total = price * 2'
        end e
        s -> t -> e
        """,
        {"price": 4},
        host=host,
    )
    assert case.variables == {"price": 4, "total": 8}


def test_a_host_that_refuses_scripts_fails_the_step(run):
    host = Surroundings()

    def refuse(_):
        raise PermissionError("scripts are switched off")

    host.scripts["x"] = refuse
    with pytest.raises(StepFailed, match="scripts are switched off"):
        run("start s\nscript t scriptFormat=application/javascript script=x\nend e\ns -> t -> e", host=host)


def test_a_deployment_is_warned_of_javascript_that_this_service_does_not_run():
    reading = read(bpmn("start s\nscript t scriptFormat=javascript script=x\nend e\ns -> t -> e"))
    assert [(problem.rule, problem.where, problem.is_warning) for problem in reading.problems] == [("script-language", "t", True)]
