"""GET /api/v1/openapi.json: what the API offers, OpenAPI 3.1, written by hand and held against the routes by a test."""

from typing import Any

from flask.typing import ResponseReturnValue

from app.api.answers import DEFAULT_PAGE, LARGEST_PAGE, PREFIX, absolute, blueprint, json_answer
from app.api.schemas import SCHEMAS, Schema, ref
from app.shared.endpoints import public

VERSION = "1.0.0"


def parameter(name: str, place: str, description: str, schema: Schema | None = None) -> dict[str, Any]:
    described = {"name": name, "in": place, "description": description, "schema": schema or {"type": "string"}}
    return {**described, "required": True} if place == "path" else described


SLUG = parameter("slug", "path", "The course's address part, Vietnamese without marks.")
CODE = parameter("code", "path", "National code of a province (2 digits) or commune (5), with leading zeros.")
LIMIT = parameter(
    "limit",
    "query",
    "Most entries in one answer.",
    {"type": "integer", "minimum": 1, "maximum": LARGEST_PAGE, "default": DEFAULT_PAGE},
)
CURSOR = parameter("cursor", "query", "`next` of the answer before.")
QUERY = parameter("q", "query", "A commune's name, new or old, in any spelling: `xuan tho da lat`.")
MONTH = parameter(
    "month",
    "query",
    "Administrative month: `2026-11` runs 15/10-14/11/2026. The latest by default.",
    {"type": "string", "pattern": "^[0-9]{4}-[0-9]{1,2}$"},
)


def content(schema: str, media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": ref(schema)}}


def problem(description: str, schema: str = "Problem") -> dict[str, Any]:
    return {"description": description, "content": content(schema, "application/problem+json")}


LED_ON = {"description": "The code or slug has a successor: follow Location."}
BAD = problem("A parameter cannot be used.")
MISSING = problem("There is no such course or place.")
SPLIT = problem("The commune of this code was split; choose a part.", "Ended")


def reading(
    operation: str, summary: str, schema: str, parameters: list[Any], others: dict[str, Any] | None = None
) -> dict[str, Any]:
    """A GET that answers 200 with `schema`, 304 to a matching If-None-Match, or one of `others`."""
    unchanged = {"description": "Unchanged since the ETag that was sent."}
    responses = {"200": {"description": summary, "content": content(schema)}, "304": unchanged, **(others or {})}
    return {"get": {"operationId": operation, "summary": summary, "parameters": parameters, "responses": responses}}


PATHS: dict[str, Any] = {
    "/courses": reading("listCourses", "The catalogue.", "CourseList", [LIMIT, CURSOR], {"400": BAD}),
    "/courses/{slug}": reading(
        "getCourse",
        "A course; its lessons where you may read them. Never an answer key.",
        "Course",
        [SLUG],
        {"308": LED_ON, "404": MISSING},
    ),
    "/places": reading(
        "listPlaces",
        "With `q`, the communes that it may mean, best first; without, provinces and communes of today by code.",
        "PlaceList",
        [QUERY, LIMIT, CURSOR],
        {"400": BAD},
    ),
    "/places/{code}": reading(
        "getPlace",
        "A province or commune of today.",
        "PlaceDetail",
        [CODE],
        {"308": LED_ON, "404": MISSING, "410": SPLIT},
    ),
    "/places/{code}/figures": reading(
        "getFigures",
        "The published figures of a closed month, the same cells as on the place's page.",
        "Figures",
        [CODE, MONTH],
        {"308": LED_ON, "400": BAD, "404": MISSING, "410": SPLIT},
    ),
    "/openapi.json": {
        "get": {
            "operationId": "getOpenapi",
            "summary": "This description.",
            "responses": {
                "200": {
                    "description": "OpenAPI 3.1.",
                    "content": {"application/json": {"schema": {"type": "object"}}},
                }
            },
        }
    },
}
DESCRIPTION: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Học Số",
        "version": VERSION,
        "summary": "Courses, places and published figures of Học Số.",
        "description": (
            "Public, without a key. Texts are Vietnamese, in UTF-8 and NFC. Errors are problem details (RFC 9457). "
            "Answers carry an ETag: send If-None-Match. New properties may appear at any time; none disappears in v1."
        ),
        "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
    },
    "paths": PATHS,
    "components": {"schemas": SCHEMAS},
}


@blueprint.get("/openapi.json")
@public("the description of a public API")
def describe() -> ResponseReturnValue:
    return json_answer({**DESCRIPTION, "servers": [{"url": absolute(PREFIX)}]})
