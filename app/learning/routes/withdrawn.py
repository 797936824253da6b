"""What is shown in place of an item that was withdrawn."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.learning.routes import blueprint
from app.learning.withdrawn import ItemNotTaught, withdrawn_item_page
from app.shared.transaction import SAFE_METHODS


@blueprint.errorhandler(ItemNotTaught)
def show_withdrawn_item(refusal: ItemNotTaught) -> ResponseReturnValue:
    """A page like any other where it was only looked at: a device that keeps pages then replaces the old one, which it
    would go on showing after an error.
    """
    status = 200 if request.method in SAFE_METHODS else refusal.status
    return render_template("learning/withdrawn_item.html", page=withdrawn_item_page(refusal)), status
