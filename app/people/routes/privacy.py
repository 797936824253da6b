"""What is kept about people and why, in plain words: for everybody, before they give anything."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.people.routes import blueprint
from app.shared.endpoints import public


@blueprint.get("/privacy")
@public("everybody may know what is kept before giving anything")
def show_privacy() -> ResponseReturnValue:
    return render_template("people/privacy.html")


@blueprint.get("/erased")
@public("says that an erasure is done to somebody who is nobody any more")
def show_erased() -> ResponseReturnValue:
    return render_template("people/erased.html")
