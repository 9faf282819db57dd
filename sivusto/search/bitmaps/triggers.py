"""The database triggers that log every change that the bitmaps must follow.

A statement that touches many projects, or a slug in the address of a filter, logs one row that
stands for all. A new facet needs its table here and a migration that runs ``create()`` again.
"""

from sivusto.search.triggers import EVENTS

MOST_TOLD = 500  # projects of one statement
# Rows that belong to one project, and the column with its key.
OWNED = {
    "hankkeet_project": "id",
    "hankkeet_project_portfolios": "project_id",
    "hankkeet_implementer": "project_id",
    "rahoitus_fundingshare": "project_id",
    "sivusto_search_document": "project_id",
}
# Rows by whose slugs projects are filtered.
SHARED = (
    "hankkeet_projecttype",
    "hankkeet_organisation",
    "salkut_portfolio",
    "rahoitus_funder",
    "rahoitus_programme",
)
SLUG_CHANGED = (
    "SELECT NULL::bigint FROM new_rows n JOIN old_rows o ON o.id = n.id "
    "WHERE o.slug IS DISTINCT FROM n.slug LIMIT 1"
)
FUNCTION = f"""
CREATE OR REPLACE FUNCTION sivusto_log_projects() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine text := pg_current_xact_id()::text;
    told bigint[];
BEGIN
    IF current_setting('hankkeet.all_logged', true) IS NOT DISTINCT FROM mine THEN
        RETURN NULL;
    END IF;
    IF TG_NARGS > 0 THEN
        EXECUTE 'SELECT array_agg(k) FROM (SELECT * FROM (' || TG_ARGV[0]
            || ') AS changed(k) LIMIT {MOST_TOLD + 1}) AS told' INTO told;
    ELSE
        told := ARRAY[NULL::bigint];
    END IF;
    IF cardinality(told) > {MOST_TOLD} OR array_position(told, NULL) IS NOT NULL THEN
        told := ARRAY[NULL::bigint];
        PERFORM set_config('hankkeet.all_logged', mine, true);
    END IF;
    INSERT INTO sivusto_project_change (project_id) SELECT unnest(told);
    RETURN NULL;
END $$;
"""  # noqa: S608


def create() -> str:
    """Return the statements that make the triggers, however often they are run."""
    owned = [
        _trigger(table, event, f"REFERENCING {rows}", f"'{select.format(key=key)}'")
        for table, key in OWNED.items()
        for event, (rows, select) in EVENTS.items()
    ]
    shared = [
        _trigger(table, "update", f"REFERENCING {EVENTS['update'][0]}", f"'{SLUG_CHANGED}'")
        for table in SHARED
    ]
    emptied = [_trigger(table, "truncate", "", "") for table in (*OWNED, *SHARED)]
    return FUNCTION + "".join(owned + shared + emptied)


def drop() -> str:
    """Return the statement that takes them away."""
    return "DROP FUNCTION IF EXISTS sivusto_log_projects() CASCADE"


def _trigger(table: str, event: str, rows: str, select: str) -> str:
    name = f"sivusto_bitmaps_{event}"
    return (
        f"DROP TRIGGER IF EXISTS {name} ON {table};\n"
        f"CREATE TRIGGER {name} AFTER {event} ON {table} {rows} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION sivusto_log_projects({select});\n"
    )
