"""The shapes of the API's answers, as JSON Schema 2020-12, written by hand. Tests hold them against real answers."""

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
FLAG: Schema = {"type": "boolean"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
DAY: Schema = {"type": "string", "format": "date"}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    if "$ref" in schema or "enum" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def one_of(*values: str) -> Schema:
    return {"type": "string", "enum": list(values)}


def array(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def shape(description: str, properties: dict[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object that holds these properties; all of them unless named in `optional`."""
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": [name for name in properties if name not in optional],
    }


CURSOR: Schema = {
    "type": ["string", "null"],
    "description": "Send it as `cursor` to read on; null at the end of the list.",
}
COURSE_HEAD: dict[str, Schema] = {
    "key": TEXT,
    "slug": TEXT,
    "title": TEXT,
    "goal": {**TEXT, "description": "What people want to do, in their words."},
    "summary": TEXT,
    "audience": one_of("resident", "team", "both"),
    "place": {
        **maybe(TEXT),
        "description": "Code of the commune or province whose own course it is; null: a course for everyone.",
    },
    "minutes": NUMBER,
    "lesson_count": NUMBER,
    "quiz_count": NUMBER,
    "is_withdrawn": {**FLAG, "description": "A withdrawn course takes no new learners and keeps its address."},
    "withdrawn_items": {
        **array(
            shape(
                "An item that is no longer taught, in whichever version it stands.",
                {"key": TEXT, "reason": TEXT, "withdrawn_at": {"type": "string", "format": "date-time"}},
            )
        ),
        "description": "Nobody is asked for these any more; the counts above leave them out.",
    },
    "page": ADDRESS,
    "self": ADDRESS,
}
ITEM = {
    "key": TEXT,
    "slug": TEXT,
    "kind": {**TEXT, "description": "lesson, quiz, practice or drill; other kinds may follow."},
    "title": TEXT,
    "minutes": NUMBER,
    "is_required": {**FLAG, "description": "All required items together make a completion."},
    "is_withdrawn": {**FLAG, "description": "No longer taught; its page says why. Neither `html` nor `quiz` is given."},
    "page": ADDRESS,
    "html": {**TEXT, "description": "A lesson's sanitised HTML. A quiz has none."},
    "quiz": shape(
        "How a quiz is taken. Its questions and answers are not given.",
        {"pass_mark": {**NUMBER, "description": "Percent."}, "questions": NUMBER, "attempts": maybe(NUMBER)},
    ),
}
PLACE_HEAD: dict[str, Schema] = {
    "code": {**TEXT, "description": "The national code as text, with leading zeros. It means the place valid today."},
    "kind": one_of("province", "commune"),
    "type": {**TEXT, "description": "The type word that is printed before the name."},
    "name": TEXT,
    "full_name": TEXT,
    "province": TEXT,
    "page": ADDRESS,
    "self": ADDRESS,
}
CELL: dict[str, Schema] = {
    "shown": {
        **one_of("number", "under_5", "from_5", "withheld"),
        "description": "number: `completions` is exact. under_5: 1-4. from_5: 5 or more. withheld: nothing is said.",
    },
    "completions": {**maybe(NUMBER), "description": "Null unless `shown` is number."},
}
RANGE: dict[str, Schema] = {
    "least": NUMBER,
    "greatest": {**NUMBER, "description": "Equal to `least` where no cell of the sum is hidden."},
}
COURSE_NAME: dict[str, Schema] = {"slug": TEXT, "title": TEXT}

SCHEMAS: dict[str, Schema] = {
    "Problem": {
        "type": "object",
        "description": "RFC 9457. `detail` is a sentence for a person, in Vietnamese.",
        "properties": {"type": TEXT, "title": TEXT, "status": NUMBER, "detail": TEXT},
        "required": ["type", "title", "status", "detail"],
    },
    "CourseHead": shape("A course as lists show it.", COURSE_HEAD),
    "CourseList": shape("A page of the catalogue, by slug.", {"courses": array(ref("CourseHead")), "next": CURSOR}),
    "Item": shape("An item of the current version.", ITEM, optional=("html", "quiz")),
    "Course": shape(
        "A course with its items.",
        {
            **COURSE_HEAD,
            "edition": NUMBER,
            "version": NUMBER,
            "valid_for_days": maybe(NUMBER),
            "withdrawn_reason": maybe(TEXT),
            "items": {
                "anyOf": [array(ref("Item")), {"type": "null"}],
                "description": "Null for a team course that you may not read.",
            },
        },
    ),
    "Place": shape(
        "A province or commune; the last two properties only in answers to `q`.",
        {
            **PLACE_HEAD,
            "former_name": {**maybe(TEXT), "description": "The former name that was found; null for today's name."},
            "is_default_part": {
                **FLAG,
                "description": "Of a split commune: the part that is meant when the hamlet is not known.",
            },
        },
        optional=("former_name", "is_default_part"),
    ),
    "PlaceList": shape("Places by code, or by likeness to `q`.", {"places": array(ref("Place")), "next": CURSOR}),
    "PlaceDetail": shape(
        "A province or commune with its history.",
        {
            **PLACE_HEAD,
            "valid_from": maybe(DAY),
            "legal_basis": maybe(TEXT),
            "former_names": array(
                shape(
                    "A former commune or name that became (part of) this place.",
                    {"label": TEXT, "is_part": FLAG, "legal_basis": maybe(TEXT)},
                )
            ),
            "hamlets": array(TEXT),
            "figures": ADDRESS,
        },
    ),
    "Ended": {
        "type": "object",
        "description": "A problem whose `successors` are the communes into which the place was split.",
        "properties": {
            "type": TEXT,
            "title": TEXT,
            "status": NUMBER,
            "detail": TEXT,
            "successors": array(shape("One part.", {**PLACE_HEAD, "is_default": FLAG})),
        },
        "required": ["status", "detail", "successors"],
    },
    "Month": shape(
        "A closed administrative month, 15th to 14th, named after the month in which it ends.",
        {"code": TEXT, "start": DAY, "end": DAY, "published_at": {"type": "string", "format": "date-time"}},
    ),
    "Range": shape("A sum of published cells, from least to greatest.", RANGE),
    "CommuneFigures": shape(
        "Completions of a commune. Small numbers are hidden, see docs/adr/0008-small-numbers.md.",
        {
            "total": ref("Range"),
            "by_course": array(shape("One course.", {**COURSE_NAME, **CELL})),
            "by_learner_kind": array(
                shape("One kind.", {"learner_kind": one_of("guest", "resident", "member"), **CELL})
            ),
        },
    ),
    "ProvinceFigures": shape(
        "Sums over the communes' published cells: they tell no more than those.",
        {
            "total": ref("Range"),
            "by_course": array(shape("One course.", {**COURSE_NAME, **RANGE})),
            "communes": array(
                shape("One commune.", {"code": TEXT, "full_name": TEXT, "total": ref("Range"), "self": ADDRESS})
            ),
        },
    ),
    "Figures": shape(
        "The frozen publication of one month. Missing is null, never 0.",
        {
            "place": shape("The place.", {"code": TEXT, "full_name": TEXT, "kind": one_of("province", "commune")}),
            "published_months": {**array(TEXT), "description": "The latest first; use one as `month`."},
            "month": {**maybe(ref("Month")), "description": "Null where nothing is published (for that month)."},
            "figures": {
                "anyOf": [ref("CommuneFigures"), ref("ProvinceFigures"), {"type": "null"}],
                "description": "Null without a month, or where the commune was not yet on that month's map.",
            },
        },
    ),
}
