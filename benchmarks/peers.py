"""What the lists are measured against: Datasette's database, plain Django's table, and servers."""

import json
import os
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

TEXTS = """
SELECT p.id, p.code, p.name, p.phase, t.name, extract(year FROM p.start_date)::int, p.total_cost,
    ARRAY(SELECT s.slug FROM hankkeet_project_portfolios l JOIN salkut_portfolio s
        ON s.id = l.portfolio_id WHERE l.project_id = p.id),
    ARRAY(SELECT DISTINCT f.name FROM rahoitus_fundingshare l JOIN rahoitus_funder f
        ON f.id = l.funder_id WHERE l.project_id = p.id),
    (SELECT string_agg(regexp_replace(body, '<[^>]+>', ' ', 'g'), ' ') FROM hankkeet_section s
        WHERE s.project_id = p.id)
FROM hankkeet_project p LEFT JOIN hankkeet_projecttype t ON t.id = p.project_type_id
WHERE p.publication = 'published'
"""
PLAIN = """
CREATE TABLE IF NOT EXISTS benchmark_text AS SELECT p.id AS project_id, to_tsvector('finnish',
    p.name || ' ' || coalesce((SELECT string_agg(regexp_replace(body, '<[^>]+>', ' ', 'g'), ' ')
    FROM hankkeet_section s WHERE s.project_id = p.id), '')) AS vector FROM hankkeet_project p;
CREATE UNIQUE INDEX IF NOT EXISTS benchmark_text_key ON benchmark_text (project_id);
CREATE INDEX IF NOT EXISTS benchmark_text_words ON benchmark_text USING gin (vector);
"""
SQLITE = """
CREATE TABLE projects (id INTEGER PRIMARY KEY, code TEXT, name TEXT, phase TEXT, type TEXT,
    year INTEGER, cost REAL, portfolios TEXT, funders TEXT, text TEXT);
CREATE INDEX by_phase ON projects (phase); CREATE INDEX by_type ON projects (type);
CREATE INDEX by_year ON projects (year);
"""
FTS = """
CREATE VIRTUAL TABLE projects_fts USING fts5 (name, text, content='projects', content_rowid='id');
INSERT INTO projects_fts (projects_fts) VALUES ('rebuild');
"""


def make_sqlite(connection: psycopg.Connection, file: Path) -> None:
    """Write the same projects for Datasette, full text search declared."""
    with sqlite3.connect(file) as lite:
        lite.executescript(SQLITE)
        with connection.cursor("texts") as cursor:
            cursor.itersize = 2000
            lite.executemany(
                f"INSERT INTO projects VALUES ({', '.join('?' * 10)})",
                (
                    (*row[:6], row[6] and float(row[6]), *map(json.dumps, row[7:9]), row[9])
                    for row in cursor.execute(TEXTS)
                ),
            )
        lite.executescript(FTS)
        lite.execute("ANALYZE")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    """Run a server until it answers, and for as long as it is needed."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL
    )
    try:
        for _attempt in range(600):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait(20)
