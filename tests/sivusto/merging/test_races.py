"""Two people merge the same two at the same instant, each the other way round."""

import threading

import pytest
from django.db import connections

from rahoitus.models import Funder, FundingShare
from sivusto.merging.apply import merge
from sivusto.merging.plan import MergeRefusedError, plan_of
from tests.builders import a_funder, a_project, a_share

pytestmark = pytest.mark.django_db(transaction=True)


def test_only_one_of_them_does_it():
    one, other = a_funder("Yksi"), a_funder("Toinen")
    for funder in (one, other):
        a_share(a_project(f"Kortti {funder}"), funder.name)
    ways = [(one, other), (other, one)]
    plans = [plan_of(*way).seen for way in ways]
    start, results = threading.Barrier(2), []

    def run(number):
        kept, gone = ways[number]
        start.wait()
        try:
            merge(Funder, kept.pk, gone.pk, seen=plans[number], by=None)
            results.append("merged")
        except MergeRefusedError:
            results.append("refused")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["merged", "refused"]
    assert FundingShare.objects.filter(funder=Funder.objects.get()).count() == 2
