"""Somebody who visits pages: opens them, presses their buttons, sends what the scripts of a page send."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import Any

from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from service.identity.current import CSRF_FIELD, CSRF_HEADER


@dataclass(frozen=True)
class Page:
    """What came back: a page, or JSON for a script."""

    response: TestResponse

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def json(self) -> Any:
        return self.response.get_json()

    @cached_property
    def text(self) -> str:
        """Everything a reader sees, in one line."""
        for hidden in self.tree.xpath("//script|//style"):
            hidden.drop_tree()
        return re.sub(r"\s+", " ", self.tree.text_content())

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.response.get_data(as_text=True))

    @property
    def title(self) -> str:
        return str(self.tree.findtext(".//h1") or "").strip()

    def data(self, attribute: str) -> Any:
        """The text of a data block: <script type="application/json" data-form-schema>."""
        return html.fromstring(self.response.get_data(as_text=True)).xpath(f"string(//script[@{attribute}])")

    def links(self, text: str) -> list[str]:
        return [link.get("href") for link in self.tree.xpath("//a") if text in link.text_content()]

    def link(self, text: str) -> str:
        """The address of the first link with this text."""
        found = self.links(text)
        assert found, f"no link says {text!r}: {self.text}"
        return found[0]

    def buttons(self) -> list[str]:
        """What can be pressed in the content of the page."""
        return [re.sub(r"\s+", " ", each.text_content()).strip() for each in self.tree.xpath("//main//button")]


class Visitor:
    """One browser without scripts; it keeps cookies."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def speaks(self, language: str) -> None:
        self._client.set_cookie("liuzhuan-language", language)

    def continues(self, session: str) -> None:
        """With a session that was begun before."""
        self._client.set_cookie("liuzhuan", session, domain="localhost")

    def signs_in(self, person: str, password: str) -> Page:
        return self.posts("/sign-in", account=person, password=password)

    def opens(self, address: str, **headers: str) -> Page:
        return Page(self._client.get(address, headers={"Accept": "text/html", **headers}))

    def follows(self, address: str) -> Page:
        """A link that leads on to another page."""
        return Page(self._client.get(address, headers={"Accept": "text/html"}, follow_redirects=True))

    def posts(self, address: str, **fields: Any) -> Page:
        """A form of a page that needs nobody signed in; what comes back at first."""
        return Page(self._client.post(address, data=fields, headers={"Accept": "text/html"}))

    def presses(self, address: str, **fields: Any) -> Page:
        """A form of a page, sent; afterwards the page it leads to."""
        answer = self._client.post(address, data={CSRF_FIELD: self._token, **fields}, headers={"Accept": "text/html"})
        return self.opens(answer.location) if answer.status_code == 302 else Page(answer)

    def sends(self, address: str, **values: Any) -> Page:
        """JSON, as the scripts of a page send it."""
        headers = {"Accept": "application/json", CSRF_HEADER: self._token}
        return Page(self._client.post(address, json=values, headers=headers))

    def uploads(self, address: str, files: dict[str, bytes], **fields: Any) -> Page:
        """Files as the scripts send them; each by its path."""
        parts = [(content, path) for path, content in files.items()]
        return Page(
            self._client.post(
                address,
                data={"files": [(BytesIO(content), path) for content, path in parts], **fields},
                headers={"Accept": "application/json", CSRF_HEADER: self._token},
            )
        )

    @property
    def _token(self) -> str:
        """The CSRF token of the page the visitor is on."""
        tree = html.fromstring(self._client.get("/profile").get_data())
        return str(tree.xpath("string(//meta[@name='csrf-token']/@content)"))
