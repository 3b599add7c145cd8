import pytest

from engine.bpmn import StepFailed, read
from engine.scripts import ScriptResult
from tests.bpmn.cases import Run, Surroundings
from tests.bpmn.writing import bpmn


def test_feel_goes_into_the_result_variable(run: Run) -> None:
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


def test_the_entries_of_a_context_become_variables(run: Run) -> None:
    case = run("start s\nscript t script='{net: 10, gross: net * 1.13}'\nend e\ns -> t -> e")
    assert case.variables == {"net": 10, "gross": 11.3}


def test_a_result_that_has_nowhere_to_go_is_a_failed_step(run: Run) -> None:
    with pytest.raises(StepFailed, match="has nowhere to go"):
        run("start s\nscript t script='1 + 1'\nend e\ns -> t -> e")


def test_temporal_results_are_kept_as_iso_texts(run: Run) -> None:
    case = run("""
        start s
        script t script='date("2026-01-31") + duration("P1M")' liuzhuan:resultVariable=day
        end e
        s -> t -> e
        """)
    assert case.variables == {"day": "2026-02-28"}


def test_now_is_the_moment_of_the_call(run: Run) -> None:
    case = run("start s\nscript t script='string(date(now()))' liuzhuan:resultVariable=day\nend e\ns -> t -> e")
    assert case.variables == {"day": "2026-03-02"}


def script(source: str, **attributes: str) -> str:
    written = " ".join(f"liuzhuan:{name}={value}" for name, value in attributes.items())
    return f"start s\nscript t scriptFormat=javascript script='{source}' {written}\nend e\ns -> t -> e"


def test_javascript_is_run_by_the_host_and_what_it_has_set_are_variables(run: Run) -> None:
    host = Surroundings()
    host.scripts["total = price * 2"] = lambda variables: ScriptResult(None, {"total": variables["price"] * 2})
    case = run(script("total = price * 2"), {"price": 4}, host=host)
    assert case.variables == {"price": 4, "total": 8}


def test_the_value_of_a_script_goes_into_the_result_variable(run: Run) -> None:
    host = Surroundings()
    host.scripts["price * 2"] = lambda variables: ScriptResult({"net": variables["price"] * 2}, {})
    case = run(script("price * 2", resultVariable="total"), {"price": 4}, host=host)
    assert case.variables == {"price": 4, "total": {"net": 8}}


def test_a_value_without_a_result_variable_goes_nowhere(run: Run) -> None:
    host = Surroundings()
    host.scripts["1"] = lambda variables: ScriptResult({"net": 8}, {})
    assert run(script("1"), host=host).variables == {}


def test_a_script_that_fails_fails_the_step_at_its_element(run: Run) -> None:
    host = Surroundings()

    def refuse(_: object) -> None:
        raise PermissionError("scripts are switched off")

    host.scripts["x"] = refuse
    with pytest.raises(StepFailed, match="scripts are switched off") as failed:
        run(script("x"), host=host)
    assert failed.value.element == "t"


@pytest.mark.parametrize(
    "format", ["javascript", "text/javascript", "application/javascript", "application/x-javascript", "ECMAScript", "js"]
)
def test_javascript_goes_by_many_names(format: str) -> None:
    reading = read(bpmn(f"start s\nscript t scriptFormat={format} script=x\nend e\ns -> t -> e"))
    assert reading.problems == ()


@pytest.mark.parametrize("format", ["groovy", "text/x-groovy", "ruby", "vbscript"])
def test_other_languages_are_refused_at_deployment(format: str) -> None:
    reading = read(bpmn(f"start s\nscript t scriptFormat={format} script=x\nend e\ns -> t -> e"))
    assert [(problem.rule, problem.where) for problem in reading.errors] == [("script-language", "t")]


def test_a_script_in_juel_is_translated(run: Run) -> None:
    case = run(
        """
        start s
        script t scriptFormat=juel script='${price * 2}' flowable:resultVariable=total
        end e
        s -> t -> e
        """,
        {"price": 4},
    )
    assert case.variables == {"price": 4, "total": 8}
