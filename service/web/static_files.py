"""The built scripts, styles and icons: their names carry a hash of the contents, so a browser keeps them for ever."""

from __future__ import annotations

import json
import mimetypes
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, abort, request, send_from_directory, url_for
from markupsafe import Markup

from service.identity.current import public

FOLDER = Path(__file__).parent / "static"

#: A year, in seconds: a changed file has another name.
FOR_EVER = 31_536_000

#: What the build writes beside a file, best first: Content-Encoding → suffix.
ENCODINGS = {"br": ".br", "gzip": ".gz"}

blueprint = Blueprint("static_files", __name__)


class AssetsMissing(Exception):
    """The web assets are not built, or lack a name a page asks for; the message says how to build them."""


@lru_cache(maxsize=1)
def manifest() -> dict[str, str]:
    """Logical name → file in FOLDER: {"app.js": "app-4KX2Q7PD.js"}."""
    try:
        names: dict[str, str] = json.loads((FOLDER / "manifest.json").read_text())
    except FileNotFoundError:
        raise AssetsMissing("service/web/static/manifest.json is missing. Build the web assets with: make assets") from None
    return names


def asset(name: str) -> str:
    """The address of a built file by its logical name: `asset('app.js')`."""
    if name not in manifest():
        raise AssetsMissing(f"The web assets have no {name}. Build them anew with: make assets")
    return url_for("static_files.show", name=manifest()[name])


def style_sheets(*names: str) -> Markup:
    """The style sheets of a page by their logical names, in this order."""
    return Markup("").join(Markup('<link rel="stylesheet" href="{}">').format(asset(name)) for name in names)


def icon(name: str, label: str = "") -> Markup:
    """An icon of the sprite; without a label it is decoration and hidden from screen readers."""
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {}><use href="{}#{}"/></svg>').format(spoken, asset("icons.svg"), name)


@blueprint.get("/assets/<name>")
@public
def show(name: str) -> Response:
    """One built file, compressed as far as the browser accepts it."""
    if name not in _files():
        abort(404)
    encoding = next((each for each in ENCODINGS if name + ENCODINGS[each] in _files() and request.accept_encodings[each]), None)
    response = send_from_directory(FOLDER, name + ENCODINGS.get(encoding or "", ""), max_age=FOR_EVER)
    response.headers["Content-Type"] = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response.headers["Cache-Control"] = f"public, max-age={FOR_EVER}, immutable"
    response.headers["Vary"] = "Accept-Encoding"
    if encoding:
        response.headers["Content-Encoding"] = encoding
    return response


@lru_cache(maxsize=1)
def _files() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir()) - {"manifest.json"}
