"""The database triggers that move the data version with every public change.

A statement that touches something public marks its transaction once; a deferred trigger moves the
number when the transaction commits, so that writers do not wait for each other's work, only for
each other's commits. The number also passes the clock, so that it never comes back after a restore
or an emptied table. A new public table needs its line in ``LATER`` and a migration that runs
``create_on()`` with its name.
"""

# Tables whose rows belong to projects, and the columns that say to which.
OWNED = {
    "hankkeet_section": ("project_id",),
    "hankkeet_contact": ("project_id",),
    "hankkeet_attachment": ("project_id",),
    "hankkeet_logo": ("project_id",),
    "hankkeet_implementer": ("project_id",),
    "hankkeet_externalkey": ("project_id",),
    "hankkeet_succession": ("predecessor_id", "successor_id"),
    "hankkeet_project_portfolios": ("project_id",),
    "rahoitus_fundingshare": ("project_id",),
}
# Such tables that came after the triggers, each with a migration of its own.
LATER = {
    "hankkeet_version": ("project_id",),
    "hankkeet_look": ("project_id",),
    "hankkeet_result": ("project_id",),
    "seuranta_reportingperiod": ("project_id",),
}
# Of these tables only such rows are public: published reports, and days in the calendar.
SHOWN = {
    "seuranta_reportingperiod": " AND (r.state = ''published'' OR r.due_date IS NOT NULL)",
}
# Tables whose rows belong to an attachment.
OF_ATTACHMENT = ("hankkeet_attachmenttext",)
# Tables whose every row may be seen or acts on what is seen.
SHARED = (
    "hankkeet_projecttype",
    "hankkeet_organisation",
    "salkut_portfolio",
    "rahoitus_funder",
    "rahoitus_programme",
    "sivusto_pagetext",
    "sivusto_search_synonym",
)
PROJECTS = "hankkeet_project"

FUNCTIONS = """
CREATE OR REPLACE FUNCTION sivusto_mark_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    mine text := pg_current_xact_id()::text;
    is_public boolean := true;
BEGIN
    IF current_setting('hankkeet.marked', true) IS NOT DISTINCT FROM mine THEN
        RETURN NULL;
    END IF;
    IF TG_NARGS > 0 THEN
        EXECUTE 'SELECT ' || TG_ARGV[0] INTO is_public;
    END IF;
    IF is_public THEN
        PERFORM set_config('hankkeet.marked', mine, true);
        INSERT INTO sivusto_change DEFAULT VALUES;
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION sivusto_move_data_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_us bigint := (extract(epoch FROM clock_timestamp()) * 1000000)::bigint;
BEGIN
    INSERT INTO sivusto_data_version (id, number) VALUES (1, now_us)
    ON CONFLICT (id) DO UPDATE SET number = greatest(sivusto_data_version.number + 1, now_us);
    DELETE FROM sivusto_change WHERE id = NEW.id;
    RETURN NULL;
END $$;
DROP TRIGGER IF EXISTS sivusto_move_data_version ON sivusto_change;
CREATE CONSTRAINT TRIGGER sivusto_move_data_version AFTER INSERT ON sivusto_change
DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sivusto_move_data_version();
"""
# Each event with the tables of its rows.
EVENTS = {
    "insert": ("new_rows",),
    "update": ("new_rows", "old_rows"),
    "delete": ("old_rows",),
}
ROWS = {"new_rows": "NEW TABLE AS new_rows", "old_rows": "OLD TABLE AS old_rows"}


def create() -> str:
    """Return the statements that make the triggers, however often they are run."""
    tables = [PROJECTS, *OWNED, *SHARED]
    return FUNCTIONS + "".join(map(create_on, tables))


def create_on(table: str) -> str:
    """Return the statements that make the triggers of one table, however often they are run."""
    return "".join(_trigger(table, event) for event in EVENTS) + _on_truncate(table)


def drop_on(table: str) -> str:
    """Return the statements that take the triggers of one table away."""
    names = [f"sivusto_freshness_{event}" for event in (*EVENTS, "truncate")]
    return "".join(f"DROP TRIGGER IF EXISTS {name} ON {table};\n" for name in names)


def drop() -> str:
    """Return the statements that take them away."""
    return (
        "DROP FUNCTION IF EXISTS sivusto_mark_change() CASCADE;\n"
        "DROP FUNCTION IF EXISTS sivusto_move_data_version() CASCADE;\n"
    )


def _trigger(table: str, event: str) -> str:
    name = f"sivusto_freshness_{event}"
    referencing = " ".join(ROWS[rows] for rows in EVENTS[event])
    return (
        f"DROP TRIGGER IF EXISTS {name} ON {table};\n"
        f"CREATE TRIGGER {name} AFTER {event} ON {table} REFERENCING {referencing} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION sivusto_mark_change('{_is_public(table, event)}');\n"
    )


def _on_truncate(table: str) -> str:
    name = "sivusto_freshness_truncate"
    return (
        f"DROP TRIGGER IF EXISTS {name} ON {table};\n"
        f"CREATE TRIGGER {name} AFTER TRUNCATE ON {table} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION sivusto_mark_change();\n"
    )


def _is_public(table: str, event: str) -> str:
    """Write the condition that a statement on the table changed something public."""
    parts = []
    for rows in EVENTS[event]:
        if table == PROJECTS:
            parts.append(f"EXISTS (SELECT 1 FROM {rows} WHERE publication = ''published'')")  # noqa: S608
        elif columns := (OWNED | LATER).get(table):
            keys = " OR ".join(f"p.id = r.{column}" for column in columns)
            parts.append(
                f"EXISTS (SELECT 1 FROM {rows} r JOIN {PROJECTS} p ON {keys} "  # noqa: S608
                f"WHERE p.publication = ''published''{SHOWN.get(table, '')})"
            )
        elif table in OF_ATTACHMENT:
            parts.append(
                f"EXISTS (SELECT 1 FROM {rows} r "  # noqa: S608
                "JOIN hankkeet_attachment a ON a.id = r.attachment_id "
                f"JOIN {PROJECTS} p ON p.id = a.project_id WHERE p.publication = ''published'')"
            )
        else:
            parts.append(f"EXISTS (SELECT 1 FROM {rows})")  # noqa: S608
    return " OR ".join(parts)
