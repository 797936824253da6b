"""Hangs the parts of `ui` on the app."""

from flask import Flask, has_request_context
from flask_babel import gettext

from app.shared import vietnamese
from app.shared.settings import settings
from app.ui import assets, caching, display, errors, front_door, headers, origin_guard
from app.ui.icons import icon


def init_app(app: Flask) -> None:
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        number=vietnamese.number,
        percent=vietnamese.percent,
        date=vietnamese.short_date,
        time=vietnamese.clock_time,
        mobile=vietnamese.show_mobile,
    )
    app.jinja_env.globals.update(_=gettext, icon=icon, asset_url=assets.asset_url, module_url=assets.module_url)
    app.jinja_env.globals.update(display=display.current, here=display.here)
    app.jinja_env.globals["base_url"] = lambda: settings().base_url
    front_door.believe_proxies(app)
    app.before_request(front_door.refuse_foreign_host)
    app.before_request(origin_guard.refuse_foreign_origin)
    app.before_request(front_door.refuse_nul)
    app.after_request(caching.finish)
    app.after_request(headers.add_security_headers)
    app.register_blueprint(assets.blueprint)
    app.register_blueprint(display.blueprint)
    errors.init_app(app)


def select_locale() -> str:
    """The language of the screens: the visitor's choice, else Vietnamese (also for commands and jobs)."""
    return display.current().language if has_request_context() else display.Display().language
