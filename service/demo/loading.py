"""Loads the demo company and everything that is shipped into a database, unless that was done already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from engine.definitions import deployments
from engine.definitions.deployments import Deployment, File
from engine.facts.actor import SYSTEM
from service.forms.checking import check_form
from service.identity import company_file
from service.identity.company import CompanyRefused, company
from service.identity.importing import Imported, Progress, import_company
from service.parts import Parts
from service.secrets.keeping import names

COMPANY = Path(__file__).with_name("company.yaml")
#: Where processes and forms are shipped: beside the packages.
SHIPPED = Path(__file__).resolve().parents[2]
SUFFIXES = (".bpmn", ".dmn", ".form.json")
#: Everybody's password in the demo, as the company file says.
PASSWORD = "liuzhuan"  # noqa: S105 - the demo listens on this machine only
#: People a visitor signs in as, in the order of the main story.
INTRODUCED = ("chen.jing", "li.na", "zhao.min", "zhou.jie", "tang.yan", "shen.yue", "liu.zhiyuan", "dong.hao", "hu.wei")


def shipped_files(root: Path = SHIPPED) -> Iterator[File]:
    """Processes, decisions and forms, named by their path below `processes` or `forms`."""
    for folder in (root / "forms", root / "processes"):
        for path in sorted(folder.rglob("*")):
            if path.name.endswith(SUFFIXES):
                yield File(path.relative_to(folder).as_posix(), path.read_bytes())


def fingerprint(files: list[File]) -> str:
    """Changes when anything that would be loaded changes."""
    digest = hashlib.sha256(COMPANY.read_bytes())
    for file in files:
        digest.update(f"{file.name}\n{file.sha256}\n".encode())
    return digest.hexdigest()


def load_company(parts: Parts, progress: Progress) -> Imported:
    written = company_file.read(COMPANY)
    if written.problems:
        raise CompanyRefused(problems=written.problems, count=len(written.problems))
    with parts.begin(SYSTEM) as work:
        return import_company(work, company(written.rows, parts.organisation), progress)


def deploy_shipped(parts: Parts, files: list[File]) -> Deployment:
    with parts.begin(SYSTEM) as work:
        return deployments.deploy(
            work, files, name="shipped", connectors=parts.connectors, check_form=check_form, secrets=names(work)
        )
