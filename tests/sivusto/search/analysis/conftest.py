"""One analyser for all tests: it takes a second to unpack."""

import pytest

from sivusto.search.analysis.analyser import Analyser


@pytest.fixture(scope="session")
def finnish(tmp_path_factory: pytest.TempPathFactory) -> Analyser:
    return Analyser(tmp_path_factory.mktemp("lexicon"))
