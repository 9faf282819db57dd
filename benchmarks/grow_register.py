"""Multiply the made register of a scratch database, its index too; run from the project's root.

    createdb big
    export DATABASE_URL=postgres://…/big
    python manage.py migrate; python manage.py make_register 2000; python manage.py reindex
    python -m benchmarks.grow_register 50            (100 000 projects in a minute or two)

Each project, and what belongs to it, comes so many times over with a key and a code of its own;
words keep the frequencies that they had, the rarest are met as often as the register has grown.
Refuses a register that has ever had a staff account, since it writes past every check.
"""

import os
import sys

import psycopg

PROJECTS, WORDS = "hankkeet_project", "search_document_terms"
# Tables of what belongs to a project, and whether their rows have keys of their own.
OWNED = {
    "hankkeet_section": True,
    "hankkeet_implementer": True,
    "hankkeet_project_portfolios": True,
    "rahoitus_fundingshare": True,
    "sivusto_search_document": False,
}
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_name = %s AND is_generated = 'NEVER' ORDER BY ordinal_position
"""


def grow(connection: psycopg.Connection, times: int) -> int:
    """Multiply the projects; return how many there are afterwards."""
    if connection.execute("SELECT 1 FROM auth_user LIMIT 1").fetchone():
        raise SystemExit("This register has staff; grow a scratch database only.")
    connection.execute("SET LOCAL session_replication_role = replica")  # no triggers, no checks
    connection.execute("SET LOCAL maintenance_work_mem = '512MB'")
    connection.execute(f"DROP INDEX {WORDS}")
    last = _one(connection, f"SELECT max(id) FROM {PROJECTS}")
    for table, has_key in {PROJECTS: True, **OWNED}.items():
        key = "id" if table == PROJECTS else "project_id"
        changed = {
            key: f"o.{key} + t.n * {last}",
            "code": "'H' || nextval('hankkeet_project_code')",
        }
        if has_key and table != PROJECTS:
            changed["id"] = f"nextval(pg_get_serial_sequence('{table}', 'id'))"
        columns = [row[0] for row in connection.execute(COLUMNS, [table])]
        values = ", ".join(changed.get(name, f"o.{name}") for name in columns)
        connection.execute(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {values} "
            f"FROM {table} o, generate_series(1, {times - 1}) AS t(n)"
        )
    connection.execute(
        f"CREATE INDEX {WORDS} ON sivusto_search_document USING gin (terms) WITH (fastupdate = off)"
    )
    connection.execute(
        f"SELECT setval(pg_get_serial_sequence('{PROJECTS}', 'id'), max(id)) FROM {PROJECTS}"
    )
    return int(_one(connection, f"SELECT count(*) FROM {PROJECTS}"))


def _one(connection: psycopg.Connection, statement: str) -> int:
    row = connection.execute(statement).fetchone()
    return row[0] if row else 0


def main(times: int) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        number = grow(connection, times)
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    print(f"{number} projects")


if __name__ == "__main__":
    main(int(sys.argv[1]))
