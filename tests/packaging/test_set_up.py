from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from installation import bytecode, libraries, system
from installation.steps import Step, StepFailed, digest, perform, run


def writing(path: Path, inputs: str, log: list[str]) -> Step:
    def act() -> None:
        log.append(inputs)
        path.write_text(inputs)

    return Step(title=f"Writing {inputs}", act=act, inputs=inputs, stamp=path.with_suffix(".stamp"), outputs=(path,))


def test_a_step_is_not_repeated_while_its_inputs_are_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    log: list[str] = []
    for inputs in ("a", "a", "b", "b"):
        perform([writing(tmp_path / "out", inputs, log)])
    assert log == ["a", "b"]
    assert [line.partition(" ...")[0] for line in capsys.readouterr().out.splitlines()] == ["Writing a", "Writing b"]


def test_a_step_whose_output_is_gone_is_repeated(tmp_path: Path) -> None:
    log: list[str] = []
    perform([writing(tmp_path / "out", "a", log)])
    (tmp_path / "out").unlink()
    perform([writing(tmp_path / "out", "a", log)])
    assert log == ["a", "a"]


def test_a_step_that_fails_is_not_done(tmp_path: Path) -> None:
    def fail() -> None:
        raise StepFailed("no")

    step = Step(title="Failing", act=fail, inputs="a", stamp=tmp_path / "stamp")
    with pytest.raises(StepFailed):
        perform([step])
    assert not step.is_done()


def test_a_digest_depends_on_names_and_contents(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text("x")
    two.write_text("x")
    digests = [digest(files=[one]), digest(files=[two]), digest(files=[one, two]), digest("1", files=[one])]
    one.write_text("y")
    assert len({*digests, digest(files=[one])}) == 5


def test_a_failing_command_says_which_and_what_it_printed() -> None:
    with pytest.raises(StepFailed, match=r"sh -c echo no room; exit 3\nended with code 3 and said:\nno room"):
        run(["sh", "-c", "echo no room; exit 3"])


def test_root_gets_what_is_missing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    installed: list[list[str]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(system, "install", installed.append)
    system.ensure_packages(["python3-venv", "chromium"])
    assert installed == [["python3-venv", "chromium"]]


def test_anybody_else_is_told_the_one_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(StepFailed, match="sudo sh -c 'apt-get update && apt-get install -y python3-venv chromium'"):
        system.ensure_packages(["python3-venv", "chromium"])


def test_a_system_without_apt_is_told_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(StepFailed, match="python3-venv"):
        system.ensure_packages(["python3-venv"])


def test_uv_takes_packages_from_where_pip_would(monkeypatch: pytest.MonkeyPatch) -> None:
    printed = ":env:.default-timeout='180'\nglobal.index-url='https://pypi.example/simple'\nglobal.cert='/etc/ca.pem'\nglobal.quiet='1'\n"
    monkeypatch.setattr(libraries, "run", lambda command: printed)
    assert libraries.uv_settings() == {
        "UV_HTTP_TIMEOUT": "180",
        "UV_DEFAULT_INDEX": "https://pypi.example/simple",
        "SSL_CERT_FILE": "/etc/ca.pem",
    }


def test_folders_of_packages_that_are_not_there_are_passed_over(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    printed = f":env:.find-links='/no/such/folder {tmp_path} https://wheels.example/'\n"
    monkeypatch.setattr(libraries, "run", lambda command: printed)
    assert libraries.uv_settings() == {"UV_FIND_LINKS": f"{tmp_path},https://wheels.example/"}
    monkeypatch.setattr(libraries, "run", lambda command: ":env:.find-links='/no/such/folder'\n")
    assert libraries.uv_settings() == {}


def test_the_service_is_compiled_although_python_may_not_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    (tmp_path / "engine" / "node_modules").mkdir(parents=True)
    (tmp_path / "engine" / "node_modules" / "not_ours.py").write_text("nothing = 0\n")
    source = tmp_path / "engine" / "small.py"
    source.write_text("x = 1\n")

    def step() -> Step:
        return bytecode.bytecode_step(tmp_path, tmp_path / "stamp", Path(sys.executable))

    perform([step()])
    assert step().is_done()
    assert [path.name.partition(".")[0] for path in tmp_path.rglob("*.pyc")] == ["small"]
    source.write_text("xy = 2\n")
    assert not step().is_done()
