"""Học Số: lessons, quizzes and counted completions for Vietnam's communes.

`create_app` only wires; what there is to wire stands in `registry.py`.
"""

from flask import Flask

from app.config import Settings
from app.extensions import babel, db, login_manager, migrate
from app.registry import register_everything
from app.shared import database, transaction
from app.ui import setup as ui


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application from `settings` (by default from the environment).

    Raises:
        ConfigurationError: a setting is missing or unusable.
        UndeclaredEndpoint: a route says neither who may use it nor why it is public.
    """
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None, template_folder="ui/templates")
    app.config.from_mapping(settings.flask_config())
    app.extensions["settings"] = settings

    db.init_app(app)
    database.init_app(app)
    transaction.init_app(app)
    migrate.init_app(app, db, directory=str(settings.migrations_dir))
    login_manager.init_app(app)
    ui.init_app(app)
    babel.init_app(app, locale_selector=ui.select_locale)
    register_everything(app)
    return app
