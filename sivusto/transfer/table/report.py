"""A table's plan for the command line: as text and as JSON."""

from typing import Any

from sivusto.transfer.table.planned import PlannedRow, TablePlan

WORDS = {
    "faulty": "virheellinen",
    "conflict": "ristiriita",
    "new": "uusi",
    "changed": "muuttuu",
    "unchanged": "ennallaan",
}


def as_json(planned: TablePlan) -> dict[str, Any]:
    """Return the plan as programs read it; unchanged rows are only counted."""
    return {
        "rows": [_row(row) for row in planned.rows if row.action != "unchanged"],
        "unchanged": len(planned.of("unchanged")),
        "remarks": list(planned.remarks),
    }


def as_text(planned: TablePlan) -> str:
    """Return the plan as people read it."""
    lines = [*planned.remarks]
    for row in planned.rows:
        if row.action == "unchanged":
            continue
        name = " ".join(filter(None, (row.code, row.name)))
        lines.append(f"Rivi {row.number}: {WORDS[row.action]}: {name}")
        lines += [f"    {message}" for message in row.messages]
        for step in row.steps:
            before, after = step.told
            mark = " (ristiriita)" if step.is_conflict else ""
            lines.append(f"    {step.label}: {before} → {after}{mark}")
    return "\n".join([*lines, planned.sum_line])


def _row(row: PlannedRow) -> dict[str, Any]:
    return {
        "row": row.number,
        "code": row.code,
        "name": row.name,
        "action": str(row.action),
        "messages": list(row.messages),
        "fields": [
            {
                "field": step.key,
                "label": step.label,
                "old": step.told[0],
                "new": step.told[1],
                "conflict": step.is_conflict,
            }
            for step in row.steps
        ],
    }
