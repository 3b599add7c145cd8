"""The pages: Jinja over the engine's verbs, one file for each noun. They speak HTTP and HTML, and decide nothing about processes.

`register` is all that the application calls.
"""

from __future__ import annotations

from flask import Blueprint, Flask

from service.web import (
    approval_sheets,
    attachments,
    brand,
    decisions,
    deployments,
    errors,
    forms,
    handing_over,
    incidents,
    languages,
    live,
    moves,
    notifications,
    organisation,
    password,
    process_definitions,
    process_instances,
    profile,
    secrets,
    sign_in,
    start,
    started,
    static_files,
    task_actions,
    user_tasks,
    webhook_deliveries,
    webhooks,
    words,
)

PAGES = (
    brand.blueprint,
    sign_in.blueprint,
    user_tasks.blueprint,
    task_actions.blueprint,
    live.blueprint,
    approval_sheets.blueprint,
    attachments.blueprint,
    start.blueprint,
    started.blueprint,
    deployments.blueprint,
    process_definitions.blueprint,
    decisions.blueprint,
    forms.blueprint,
    process_instances.blueprint,
    moves.blueprint,
    incidents.blueprint,
    webhooks.blueprint,
    webhook_deliveries.blueprint,
    secrets.blueprint,
    organisation.blueprint,
    handing_over.blueprint,
    notifications.blueprint,
    profile.blueprint,
    password.blueprint,
)


def register(app: Flask) -> None:
    """Add the pages, their words and their files to the application."""
    web = Blueprint("web", __name__, template_folder="templates")
    for blueprint in PAGES:
        web.register_blueprint(blueprint)
    web.app_context_processor(words.for_templates)
    web.add_app_template_filter(words.right_name)
    errors.show_errors(web)
    app.register_blueprint(static_files.blueprint)
    app.register_blueprint(web)
    settings = app.extensions["liuzhuan"].settings
    languages.translate_pages(app, settings.language, settings.time_zone)
