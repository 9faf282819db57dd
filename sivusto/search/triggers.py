"""The database triggers that note every change of what is searched, in the change's transaction.

They know the tables of the domain by name; a new searched table needs its line in ``LATER``
and a migration that runs ``create_on()`` with its name.
"""

# Rows that belong to one project: table and the column with the project's key.
OWNED = {
    "hankkeet_project": "id",
    "hankkeet_section": "project_id",
    "hankkeet_implementer": "project_id",
    "hankkeet_externalkey": "project_id",
    "hankkeet_attachment": "project_id",
    "hankkeet_project_portfolios": "project_id",
    "rahoitus_fundingshare": "project_id",
}
# Such tables that came after the triggers, each with a migration of its own.
LATER = {
    "hankkeet_result": "project_id",
    "hankkeet_attachmenttext": (
        "(SELECT a.project_id FROM hankkeet_attachment a WHERE a.id = attachment_id)"
    ),
    "seuranta_reportingperiod": "project_id",
}
# Rows that many projects share: table, searched columns, and how their projects are found.
SHARED = {
    "hankkeet_projecttype": ("name", "id FROM hankkeet_project WHERE project_type_id"),
    "hankkeet_organisation": (
        "name, aliases",
        "project_id FROM hankkeet_implementer WHERE organisation_id",
    ),
    "salkut_portfolio": ("name", "project_id FROM hankkeet_project_portfolios WHERE portfolio_id"),
    "rahoitus_funder": (
        "name, short_name, aliases",
        "project_id FROM rahoitus_fundingshare WHERE funder_id",
    ),
    "rahoitus_programme": (
        "name, aliases",
        "project_id FROM rahoitus_fundingshare WHERE programme_id",
    ),
}
FUNCTION = """
CREATE OR REPLACE FUNCTION sivusto_search_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- What belongs to nothing any more was noted when that was taken away.
    EXECUTE 'INSERT INTO sivusto_search_pending (project_id) SELECT changed.key FROM ('
        || TG_ARGV[0] || ') AS changed (key) WHERE changed.key IS NOT NULL';
    RETURN NULL;
END $$;
"""
EVENTS = {
    "insert": ("NEW TABLE AS new_rows", "SELECT DISTINCT {key} FROM new_rows"),
    "update": (
        "OLD TABLE AS old_rows NEW TABLE AS new_rows",
        "SELECT {key} FROM new_rows UNION SELECT {key} FROM old_rows",
    ),
    "delete": ("OLD TABLE AS old_rows", "SELECT DISTINCT {key} FROM old_rows"),
}


def _trigger(table: str, event: str, tables: str, select: str) -> str:
    name = f"sivusto_search_{event}"
    return (
        f"DROP TRIGGER IF EXISTS {name} ON {table};\n"
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {tables} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION sivusto_search_note('{select}');\n"
    )


def _changed(columns: str, projects: str) -> str:
    old = ", ".join(f"o.{column.strip()}" for column in columns.split(","))
    new = old.replace("o.", "n.")
    return (
        f"SELECT DISTINCT {projects} IN (SELECT n.id FROM new_rows n JOIN old_rows o "  # noqa: S608
        f"ON o.id = n.id WHERE ({old}) IS DISTINCT FROM ({new}))"
    )


def create() -> str:
    """Return the statements that make the triggers, however often they are run."""
    owned = map(create_on, OWNED)
    shared = [
        _trigger(table, "update", EVENTS["update"][0], _changed(*what))
        for table, what in SHARED.items()
    ]
    return FUNCTION + "".join([*owned, *shared])


def create_on(table: str) -> str:
    """Return the statements that make the triggers of a table whose rows belong to projects."""
    key = (OWNED | LATER)[table]
    return "".join(
        _trigger(table, event, tables, select.format(key=key))
        for event, (tables, select) in EVENTS.items()
        if (table, event) != ("hankkeet_project", "delete")
    )


def drop_on(table: str) -> str:
    """Return the statements that take the triggers of one table away."""
    names = [f"sivusto_search_{event}" for event in EVENTS]
    return "".join(f"DROP TRIGGER IF EXISTS {name} ON {table};\n" for name in names)


def drop() -> str:
    """Return the statement that takes them away."""
    return "DROP FUNCTION IF EXISTS sivusto_search_note() CASCADE"
