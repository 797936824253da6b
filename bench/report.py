"""The results as a table for people and as JSON for machines."""

import json
from dataclasses import asdict
from pathlib import Path

from bench.rows import Row

VERDICTS = {True: "ok", False: "OVER", None: ""}


def show(rows: list[Row], facts: dict[str, str]) -> str:
    """A table in Markdown, as it stands in the README."""
    lines = [f"{name}: {value}" for name, value in facts.items()]
    lines += ["", "| what | measured | budget | |", "|---|---|---|---|"]
    lines += [f"| {row.what} | {_with_unit(row.value, row)} | {_budget(row)} | {VERDICTS[row.holds]} |" for row in rows]
    return "\n".join(lines)


def _budget(row: Row) -> str:
    if row.budget is None:
        return ""
    return f"{'≤' if row.is_ceiling else '≥'} {_with_unit(row.budget, row)}"


def _with_unit(value: float, row: Row) -> str:
    digits = 0 if value >= 100 or value == int(value) else 1 if value >= 10 else 2
    return f"{value:,.{digits}f} {row.unit}".strip()


def save(rows: list[Row], facts: dict[str, str], path: Path) -> None:
    entries = [{**asdict(row), "value": round(row.value, 4), "holds": row.holds} for row in rows]
    path.write_text(json.dumps({"machine": facts, "rows": entries}, ensure_ascii=False, indent=2) + "\n", "utf-8")
