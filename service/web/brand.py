"""The mark of the product as the browser's icon, and the front door."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, url_for
from werkzeug.wrappers import Response as AnyResponse

from service.identity.current import public
from service.identity.openings import opens_to
from service.web.static_files import FOR_EVER

blueprint = Blueprint("brand", __name__)


@blueprint.get("/")
@opens_to("everybody")
def front_door() -> AnyResponse:
    return redirect(url_for("web.user_tasks.inbox"))


@blueprint.get("/icon.svg")
@public
def icon() -> Response:
    """The mark alone; a file of its own has to name the namespace."""
    svg = render_template("brand.svg").replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return Response(svg, mimetype="image/svg+xml", headers={"Cache-Control": f"public, max-age={FOR_EVER}"})
