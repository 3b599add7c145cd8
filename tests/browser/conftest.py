"""The demo company with everything that is shipped, behind a real server on this machine; people visit it with Chromium.

The server and the worker run in the test's own process: a thread answers requests, `site.work()` does what is due.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import BaseWSGIServer, make_server

from service.app import application, assemble
from service.demo import loading
from service.parts import Parts
from service.settings import Settings
from tests.browser.people import Employee
from tests.browser.site import Site
from tests.browser.styles import missing_styles

SECRET_KEY = "tests only: 0123456789 abcdefghij"
HOST = "127.0.0.1"


@pytest.fixture(scope="session")
def furnished_database(sqlite_folder: Path, sqlite_template: Path) -> Path:
    path = sqlite_folder / "browser.db"
    shutil.copyfile(sqlite_template, path)
    parts = assemble(Settings(secret_key=SECRET_KEY, database_url=f"sqlite:///{path}", is_demo=True))
    loading.load_company(parts, lambda done, all: None)
    loading.deploy_shipped(parts, list(loading.shipped_files()))
    parts.close()
    return path


@pytest.fixture
def site(furnished_database: Path, tmp_path: Path) -> Iterator[Site]:
    path = tmp_path / "browser.db"
    shutil.copyfile(furnished_database, path)
    parts = assemble(Settings(secret_key=SECRET_KEY, database_url=f"sqlite:///{path}", is_demo=True))
    app = application(parts)
    server = make_server(HOST, 0, app, threaded=True)
    thread = threading.Thread(target=serve, args=(server, parts))
    thread.start()
    yield Site(f"http://{HOST}:{server.server_port}", parts, app)
    server.shutdown()
    thread.join()


def serve(server: BaseWSGIServer, parts: Parts) -> None:
    """V8 has to end in the thread that has started it."""
    parts.forms.validate({"type": "default", "components": []}, {})
    server.serve_forever()
    server.server_close()
    parts.close()


@pytest.fixture
def employee(site: Site, browser: Browser) -> Iterator[Callable[..., Employee]]:
    """employee("li.na"): signed in, in Chinese, on a desk; with language="en", theme="dark", width=390 otherwise.

    At the end of the test nobody may have seen an error in the console or a violation of the content security policy, and the
    page they are on must have loaded all of its styles.
    """
    hired: list[Employee] = []

    def arrive(person: str, **wishes: object) -> Employee:
        newcomer = Employee(site, browser, person, **wishes)  # type: ignore[arg-type]
        hired.append(newcomer)
        return newcomer

    yield arrive
    complaints = [complaint for each in hired for complaint in (*each.complaints, *missing_styles(each.page))]
    for each in hired:
        each.leaves()
    assert complaints == []
