"""Asking what the public cards link to, and keeping what was answered."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from html import unescape
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from hankkeet.models import Attachment, Link, Project, Result, Section
from sivusto.links.asking import ask

AT_ONCE = 8  # hosts; each host is asked one thing at a time
HREF = re.compile(r'href="(https?:[^"]+)"')


def linked() -> dict[str, set[int]]:
    """Return the addresses to which public cards lead, our own left out, with the cards' keys."""
    public = Project.objects.public().values("pk")
    found: defaultdict[str, set[int]] = defaultdict(set)
    attachments = Attachment.objects.public().exclude(url="")
    results = Result.objects.public().exclude(url="")
    for rows in (attachments, results):
        for address, project in rows.values_list("url", "project"):
            found[address].add(project)
    texts = Section.objects.filter(project__in=public, body__contains="href=")
    for body, project in texts.values_list("body", "project"):
        for address in hrefs(body):
            found[address].add(project)
    here = urlsplit(settings.PUBLIC_ADDRESS).netloc
    return {address: keys for address, keys in found.items() if _host(address) != here}


def hrefs(body: str) -> list[str]:
    """Return the addresses of the web that a rich text links to."""
    return [unescape(address) for address in HREF.findall(body)]


def answers(addresses: Iterable[str], asker: Callable[[str], str] = ask) -> dict[str, str]:
    """Return for each address what is wrong with it, "" if nothing; writes nothing.

    Eight hosts are asked at once, and each host one thing at a time.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[_host(address)].append(address)

    def of_host(host: str) -> list[tuple[str, str]]:
        return [(address, asker(address)) for address in by_host[host]]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {address: told for some in pool.map(of_host, by_host) for address, told in some}


@transaction.atomic
def note(told: Mapping[str, str], today: date) -> None:
    """Keep what the addresses answered today, and forget those to which nothing leads any more."""
    known = Link.objects.select_for_update().in_bulk([*told])
    links = [
        known.get(address, Link(address=address)).noted(today, problem)
        for address, problem in sorted(told.items())
    ]
    fields = ["checked_on", "failing_since", "problem"]
    Link.objects.bulk_create(
        links, update_conflicts=True, unique_fields=["address"], update_fields=fields
    )
    Link.objects.exclude(address__in=[*told]).delete()


def _host(address: str) -> str:
    try:
        return urlsplit(address).netloc.lower()
    except ValueError:
        return ""
