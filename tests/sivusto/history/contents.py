"""Contents of cards to test with."""

from typing import Any

from sivusto.history.contents import Content, Row


def a_card(**values: Any) -> Content:
    """A content with nothing in it but what is given."""
    empty: Content = {
        "name": "Kirjastoauto kylille",
        "project_type": None,
        "phase": "running",
        "planned_start_date": None,
        "planned_end_date": None,
        "actual_start_date": None,
        "actual_end_date": None,
        "planned_cost": None,
        "actual_cost": None,
        **{
            name: []
            for name in (
                "portfolios",
                "sections",
                "funding",
                "implementers",
                "contacts",
                "attachments",
                "logos",
                "results",
                "parents",
                "parts",
                "predecessors",
                "successors",
                "keys",
            )
        },
    }
    assert values.keys() <= empty.keys()
    return empty | values


def named(pk: int | str, name: str) -> Row:
    return {"id": pk, "name": name}


def share(pk: int, **values: Any) -> Row:
    return {
        "id": pk,
        "funder": {"id": 7, "name": "STM"},
        "programme": None,
        "amount": None,
        "percent": None,
        "kind": "cash",
        "stage": "planned",
        "is_declared": True,
        "is_proposal": False,
    } | values


def section(pk: int, body: str, **values: Any) -> Row:
    return {"id": pk, "kind": "goals", "heading": "Tavoitteet", "body": body} | values


def contact(pk: int, **values: Any) -> Row:
    return {
        "id": pk,
        "role": "Projektipäällikkö",
        "unit": "Kirjastopalvelut",
        "unit_email": "",
        "visibility": "all",
        "person": "",
        "details": "",
    } | values


def attachment(pk: int, title: str, **values: Any) -> Row:
    return {
        "id": pk,
        "title": title,
        "url": "",
        "file": "liitteet/a.pdf",
        "file_name": "a.pdf",
        "size": 10,
        "language": "",
        "kind": "",
        "document_date": None,
        "accessibility": "",
    } | values
