"""Which version of its form a user task or a start shows, when forms and processes are deployed again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from engine import process_instances
from engine.definitions import deployments, forms, process_definitions
from engine.definitions.deployments import Deployment, File
from engine.facts.actor import SYSTEM
from engine.facts.errors import ModelRefused
from engine.process_instances import ProcessInstance
from tests.engine.company import ALICE
from tests.engine.conftest import MODELS, OpenTasks, Working

FORM = b'{"components": [{"type": "textfield", "key": "name%d"}]}'
PROCESS = (MODELS / "formed.bpmn").read_bytes()

Deploy = Callable[..., Deployment]


def form(number: int) -> File:
    """A form whose one field bears the number."""
    return File("tests/asked.form.json", FORM % number)


def process(*, changed: bool = False, attributes: bytes = b"") -> File:
    """With the attributes on the user task."""
    task = b'<userTask id="answer"'
    return File("formed.bpmn", PROCESS.replace(task, task + b" " + attributes) + b"\n" * changed)


@pytest.fixture
def deploy_files(working: Working) -> Deploy:
    def deployed(*files: File) -> Deployment:
        with working(SYSTEM) as work:
            return deployments.deploy(work, files, name="test")

    return deployed


@pytest.fixture
def start(working: Working) -> Callable[..., ProcessInstance]:
    def started(**more: Any) -> ProcessInstance:
        with working(ALICE) as work:
            return process_instances.start(work, "formed", {}, **more)

    return started


@pytest.fixture
def shown(working: Working, open_tasks: OpenTasks) -> Callable[[UUID], int]:
    """The version of the form at the open task of a process instance."""

    def version(process_instance_id: UUID) -> int:
        (task,) = open_tasks(process_instance_id)
        with working(ALICE) as work:
            found = forms.of_task(work, task)
        assert found is not None
        return found.version

    return version


def test_an_instance_keeps_the_form_that_was_deployed_with_its_definition(deploy_files: Any, start: Any, shown: Any) -> None:
    deploy_files(form(1), process())
    older = start()
    deploy_files(form(2), process(changed=True))
    assert (shown(older.id), shown(start().id)) == (1, 2)


def test_a_process_whose_form_has_changed_with_it_is_a_new_version(deploy_files: Any, start: Any, shown: Any) -> None:
    deploy_files(form(1), process())
    older = start()
    assert [each.version for each in deploy_files(form(2), process()).definitions] == [2]
    assert (shown(older.id), shown(start().id)) == (1, 2)


def test_a_process_whose_form_is_the_same_is_no_new_version(deploy_files: Any) -> None:
    deploy_files(form(1), process())
    assert [each.version for each in deploy_files(form(1), process()).definitions] == [1]
    assert [each.version for each in deploy_files(process()).definitions] == [1]


def test_a_form_that_came_alone_is_not_shown_by_a_process_that_brought_its_own(deploy_files: Any, start: Any, shown: Any) -> None:
    deploy_files(form(1), process())
    deploy_files(form(2))
    assert shown(start().id) == 1


def test_a_process_deployed_without_its_form_shows_the_newest(deploy_files: Any, start: Any, shown: Any) -> None:
    deploy_files(form(1))
    deploy_files(process())
    older = start()
    deploy_files(form(2))
    assert shown(older.id) == 2


def test_a_form_unchanged_in_a_later_deployment_still_belongs_to_it(deploy_files: Any, start: Any, shown: Any) -> None:
    deploy_files(form(1), process())
    deploy_files(form(1), process(changed=True))
    second = start()
    deploy_files(form(2))
    assert shown(second.id) == 1


@pytest.mark.parametrize(
    ("attributes", "version"),
    [
        (b'liuzhuan:formBinding="latest"', 3),
        (b'liuzhuan:formBinding="deployment"', 2),
        (b'liuzhuan:formBinding="version" liuzhuan:formVersion="1"', 1),
        (b'xmlns:camunda="http://camunda.org/schema/1.0/bpmn" camunda:formRefBinding="latest"', 3),
    ],
)
def test_a_user_task_says_otherwise_by_its_binding(
    deploy_files: Any, start: Any, shown: Any, attributes: bytes, version: int
) -> None:
    deploy_files(form(1))
    deploy_files(form(2), process(attributes=attributes))
    deploy_files(form(3))
    assert shown(start().id) == version


def test_the_deployment_binding_means_the_newest_form_of_that_time(deploy_files: Any, start: Any, shown: Any) -> None:
    deploy_files(form(1))
    deploy_files(process(attributes=b'liuzhuan:formBinding="deployment"'))
    deploy_files(form(2))
    assert shown(start().id) == 1


def test_a_version_that_does_not_exist_is_refused_at_deployment(deploy_files: Any) -> None:
    deploy_files(form(1))
    with pytest.raises(ModelRefused) as refusal:
        deploy_files(process(attributes=b'liuzhuan:formBinding="version" liuzhuan:formVersion="7"'))
    (problem,) = refusal.value.problems
    assert (problem.rule, problem.where, problem.file) == ("form-version", "answer", "formed.bpmn")


def test_the_start_form_belongs_to_the_version_that_is_started(deploy_files: Any, working: Working) -> None:
    deploy_files(form(1), process())
    deploy_files(form(2), process(changed=True))

    def version(number: int) -> int:
        with working(ALICE) as work:
            found = forms.of_start(work, process_definitions.get_by_key(work, "formed", number))
        assert found is not None
        return found.version

    assert (version(1), version(2)) == (1, 2)
