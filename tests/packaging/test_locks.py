"""What is installed is what the locks say: they answer setup.cfg, for every Python and machine, with nothing beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib.metadata import distribution
from itertools import product

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from installation import libraries
from installation.libraries import LOCKS, lock, locked
from installation.locks import requirements
from installation.third_parties import Package, beside

PYTHONS = ("3.11", "3.12", "3.13")
MACHINES = ("x86_64", "aarch64")
#: With a lock, those whose pins it goes on from.
BEFORE = {"service": (), "build": (), "test": ("service", "build"), "gunicorn": ("service", "build"), "uv": (), "node": ()}
#: Installed together by `./liuzhuan test`.
TOGETHER = ("service", "build", "test")


def entries(name: str) -> Iterator[tuple[Requirement, list[str]]]:
    """Each pin of a lock with its hashes."""
    text = "".join(line for line in lock(name).read_text().splitlines(keepends=True) if not line.startswith("#"))
    for entry in re.split(r"\n(?=\S)", text.strip()):
        first, *hashes = (line.strip().removesuffix("\\").strip() for line in entry.splitlines())
        yield Requirement(first), hashes


def pins(*names: str) -> dict[str, Requirement]:
    return {canonicalize_name(pin.name): pin for name in names for pin, _ in entries(name)}


def test_every_lock_is_of_something_and_everything_has_its_lock() -> None:
    assert {path.stem for path in LOCKS.iterdir()} == requirements().keys() == BEFORE.keys()


@pytest.mark.parametrize("name", BEFORE)
def test_a_lock_pins_each_library_with_hashes_and_names_no_place(name: str) -> None:
    found = list(entries(name))
    assert found
    for pin, hashes in found:
        assert re.fullmatch(r"==[^,*]+", str(pin.specifier)), pin
        assert pin.url is None
        assert hashes, pin
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", each) for each in hashes), pin
    assert "://" not in lock(name).read_text()
    assert "--index" not in lock(name).read_text()


@pytest.mark.parametrize("name", BEFORE)
@pytest.mark.parametrize(("python", "machine"), list(product(PYTHONS, MACHINES)))
def test_every_requirement_is_answered(name: str, python: str, machine: str) -> None:
    """On Linux, for each Python: the pin is there, holds there, and is a version that setup.cfg allows."""
    surroundings = {"python_version": python, "python_full_version": f"{python}.0", "platform_machine": machine}
    answered = pins(*BEFORE[name], name)
    for line in requirements()[name][1]:
        wanted = Requirement(line)
        pin = answered[canonicalize_name(wanted.name)]
        assert pin.marker is None or pin.marker.evaluate({**surroundings, "sys_platform": "linux"}), (pin, surroundings)
        assert wanted.specifier.contains(str(pin.specifier).removeprefix("==")), (wanted, pin)


def test_no_library_is_locked_twice() -> None:
    names = [name for lock_name in ("service", "build", "test", "gunicorn") for name in pins(lock_name)]
    assert sorted(names) == sorted(set(names))


def test_what_libraries_need_is_locked_and_nothing_else() -> None:
    """Of what is installed here, from each requirement of setup.cfg to the last library that it leads to."""
    here: dict[str, Package] = {canonicalize_name(each.name): each for name in TOGETHER for each in beside(name)}
    wanted = [line for name in TOGETHER for line in requirements()[name][1]]
    assert reached(wanted, here) == here.keys()


def reached(lines: list[str], packages: dict[str, Package]) -> set[str]:
    found: set[tuple[str, str]] = set()
    left = [(Requirement(line), "") for line in lines]
    while left:
        requirement, extra = left.pop()
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": extra}):
            continue
        name = canonicalize_name(requirement.name)
        assert name in packages, f"{requirement} is not locked: python -m installation.locks"
        for chosen in {"", *requirement.extras} - {each for key, each in found if key == name}:
            found.add((name, chosen))
            left += [(Requirement(line), chosen) for line in distribution(name).requires or ()]
    return {name for name, _ in found}


def test_nothing_is_installed_without_its_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every word given to pip or uv: files of locks, or this checkout alone."""
    given: list[list[str]] = []

    def run(words: Sequence[object], **more: object) -> str:
        given.append([str(word) for word in words])
        return ""

    monkeypatch.setattr(libraries, "run", run)
    monkeypatch.setattr(libraries, "compile_modules", lambda *places: None)
    libraries.create_environment()
    for step in (libraries.service_step(), libraries.tests_step(), libraries.node_step()):
        step.act()
    installed = [words[words.index("install") + 1 :] for words in given if "install" in words]
    assert len(installed) == 6
    for words in installed:
        if "--editable" in words:
            assert {"--no-deps", "--no-build-isolation"} <= set(words)
        else:
            assert {"--require-hashes", "--only-binary"} <= set(words)
            assert not [word for word in words if re.search(r"[=<>~]=", word)]


def test_only_files_of_locks_are_named() -> None:
    assert locked("uv") == ["--require-hashes", "--only-binary", ":all:", "--requirement", str(lock("uv"))]
