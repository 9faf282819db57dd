"""The database's part: triggers that note what has changed, and functions that count it.

A changed project's old part is taken from the figures and its new part added, so that a change
costs what the changed projects cost, however large the register. What a project adds is said once,
in ``sivusto_parts``. A new figure needs a new kind there and a migration that runs ``create()``
again and has everything counted anew.
"""

# Tables whose rows are counted, and the column that names their project.
WATCHED = {
    "hankkeet_project": "id",
    "hankkeet_project_portfolios": "project_id",
    "rahoitus_fundingshare": "project_id",
}
EVENTS = {
    "insert": ("NEW TABLE AS new_rows", "SELECT DISTINCT {key} FROM new_rows"),
    "update": (
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "SELECT {key} FROM new_rows UNION SELECT {key} FROM old_rows",
    ),
    "delete": ("OLD TABLE AS old_rows", "SELECT DISTINCT {key} FROM old_rows"),
}
SUMMED = ("number", "running", "ended", "amount", "stated", "unstated", "proposals")
COLUMNS = (
    "kind text, thing bigint, part bigint, number int, running int, ended int, amount numeric,"
    " stated int, unstated int, proposals int"
)
PARTS = f"""
CREATE OR REPLACE FUNCTION sivusto_parts(ids bigint[])
RETURNS TABLE (project_id bigint, {COLUMNS}) LANGUAGE sql STABLE AS $$
WITH project AS (
    SELECT id, total_cost, coalesce(extract(year FROM start_date)::bigint, 0) AS year,
        (phase = 'running')::int AS is_running, (phase = 'ended')::int AS is_ended
    FROM hankkeet_project WHERE id = ANY(ids) AND publication = 'published'
), share AS (  -- actual shares; planned ones where the project has no actual sum
    SELECT s.*, p.year, p.is_running, p.is_ended FROM rahoitus_fundingshare s
    JOIN project p ON p.id = s.project_id
    WHERE s.stage = 'actual' OR NOT EXISTS (
        SELECT 1 FROM rahoitus_fundingshare a
        WHERE a.project_id = s.project_id AND a.stage = 'actual' AND a.amount IS NOT NULL
    )
)
SELECT id, 'register', 0::bigint, 0::bigint, 1, is_running, is_ended, coalesce(total_cost, 0),
    (total_cost IS NOT NULL)::int, (total_cost IS NULL)::int, 0
FROM project
UNION ALL
SELECT project.id, 'portfolio', portfolio_id, 0, 1, is_running, is_ended, coalesce(total_cost, 0),
    (total_cost IS NOT NULL)::int, (total_cost IS NULL)::int, 0
FROM project JOIN hankkeet_project_portfolios m ON m.project_id = project.id
UNION ALL
SELECT s.project_id, 'programme', funder_id, coalesce(programme_id, 0), 1, max(is_running),
    max(is_ended), coalesce(sum(s.amount), 0), count(s.amount)::int,
    (count(*) - count(s.amount))::int, count(*) FILTER (WHERE is_proposal)::int
FROM share s GROUP BY s.project_id, funder_id, programme_id
UNION ALL
SELECT s.project_id, 'year', funder_id, s.year, 1, max(is_running),
    max(is_ended), coalesce(sum(s.amount), 0), count(s.amount)::int,
    (count(*) - count(s.amount))::int, count(*) FILTER (WHERE is_proposal)::int
FROM share s GROUP BY s.project_id, funder_id, s.year
$$;
"""  # noqa: S608
COUNT = f"""
CREATE OR REPLACE FUNCTION sivusto_count(at_once int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
    ids bigint[];
BEGIN
    PERFORM pg_advisory_xact_lock(1751216742);
    WITH taken AS (
        DELETE FROM sivusto_uncounted WHERE project_id IN (
            SELECT DISTINCT u.project_id FROM sivusto_uncounted u LIMIT at_once
        ) RETURNING project_id
    ) SELECT array_agg(DISTINCT project_id) INTO ids FROM taken;
    IF ids IS NULL THEN
        RETURN 0;
    END IF;
    WITH fresh AS (
        SELECT p.project_id, jsonb_agg(to_jsonb(p) - 'project_id') AS parts
        FROM sivusto_parts(ids) p GROUP BY p.project_id
    ), signed AS (
        SELECT 1 AS sign, r.* FROM fresh, jsonb_to_recordset(parts) AS r({COLUMNS})
        UNION ALL
        SELECT -1, r.* FROM sivusto_counted, jsonb_to_recordset(parts) AS r({COLUMNS})
        WHERE project_id = ANY(ids)
    ), gone AS (
        DELETE FROM sivusto_counted c
        WHERE project_id = ANY(ids) AND NOT EXISTS (SELECT 1 FROM fresh f WHERE f.project_id = c.project_id)
    ), kept AS (
        INSERT INTO sivusto_counted (project_id, parts) SELECT project_id, parts FROM fresh
        ON CONFLICT (project_id) DO UPDATE SET parts = EXCLUDED.parts
    )
    INSERT INTO sivusto_figure AS f (kind, thing, part, {", ".join(SUMMED)})
    SELECT kind, thing, part, {", ".join(f"sum(sign * {name})" for name in SUMMED)}
    FROM signed GROUP BY kind, thing, part
    ON CONFLICT (kind, thing, part) DO UPDATE
    SET {", ".join(f"{name} = f.{name} + EXCLUDED.{name}" for name in SUMMED)};
    DELETE FROM sivusto_figure WHERE number = 0;
    RETURN cardinality(ids);
END $$;
"""  # noqa: E501, S608
NOTE = """
CREATE OR REPLACE FUNCTION sivusto_note_uncounted() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'INSERT INTO sivusto_uncounted (project_id) ' || TG_ARGV[0];
    RETURN NULL;
END $$;
"""


def create() -> str:
    """Return the statements that make functions and triggers, however often they are run."""
    triggers = [
        _trigger(table, event, tables, select.format(key=key))
        for table, key in WATCHED.items()
        for event, (tables, select) in EVENTS.items()
    ]
    return PARTS + COUNT + NOTE + "".join(triggers)


def drop() -> str:
    """Return the statements that take them away."""
    return (
        "DROP FUNCTION IF EXISTS sivusto_note_uncounted() CASCADE;\n"
        "DROP FUNCTION IF EXISTS sivusto_count(int);\n"
        "DROP FUNCTION IF EXISTS sivusto_parts(bigint[]);\n"
    )


def _trigger(table: str, event: str, tables: str, select: str) -> str:
    name = f"sivusto_figures_{event}"
    return (
        f"DROP TRIGGER IF EXISTS {name} ON {table};\n"
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION sivusto_note_uncounted('{select}');\n"
    )
