"""`liuzhuan replay`: a case that was changed by hand is found out."""

from __future__ import annotations

from uuid import uuid4

from engine import process_instances
from engine.definitions import deployments
from engine.definitions.deployments import File
from engine.facts.actor import SYSTEM
from service.commands.environment import parts_of_environment
from tests.bpmn.writing import bpmn
from tests.cli.conftest import Run

MODEL = bpmn("start s\nscript t script='{total: amount * 2}'\ncatch r signal=paid\ns -> t -> r", id="sum")


def test_it_says_that_the_log_leads_to_the_state_and_where_it_does_not(run: Run) -> None:
    with parts_of_environment() as parts:
        with parts.begin(SYSTEM) as work:
            deployments.deploy(work, [File("sum.bpmn", MODEL)], name="x")
        with parts.begin(SYSTEM) as work:
            id = process_instances.start(work, "sum", {"amount": 21}).id
    assert run("replay", str(id)).stdout.strip() == "1 step done again; it leads to the state that is stored."
    with parts_of_environment() as parts, parts.begin(SYSTEM) as work:
        work.begin()
        work.connection.exec_driver_sql("update history set command = replace(command, '21', '22')")
    found = run("replay", str(id))
    assert (found.exit_code, found.stderr.strip()) == (
        1,
        "Version 1: The state that is stored is not the one that its log leads to.",
    )


def test_an_unknown_case_is_a_sentence(run: Run) -> None:
    assert "There is no process instance" in run("replay", str(uuid4())).stderr
