"""Files made to harm are refused with a sentence, in a process that ends by itself."""

import subprocess
import sys

import psutil
import pytest

from sivusto.documents.model import DocumentError, Limits
from sivusto.documents.reading import read_document
from tests.sivusto.documents import files

HUGE = 200_000_000
ODD = "rakenteita"
LARGE = "liian suuri"
CELL = (
    '<office:spreadsheet><table:table table:name="a"><table:table-row>'
    '<table:table-cell table:number-columns-repeated="16000000"><text:p>a</text:p>'
    "</table:table-cell></table:table-row></table:table></office:spreadsheet>"
)


def a_bomb(name):
    make = {
        "long.docx": lambda: files.word_of(f"<w:p><w:r><w:t>{'a' * HUGE}</w:t></w:r></w:p>"),
        "many.docx": lambda: files.word_of("<w:p/>" * 2_000_000),
        "deep.docx": lambda: files.word_of("<w:sdt>" * 100_000),
        "laughs.docx": lambda: files.archive(
            {"word/document.xml": '<!DOCTYPE x [<!ENTITY a "bb"><!ENTITY c "&a;&a;">]><x>&c;</x>'}
        ),
        "outside.odt": lambda: files.archive(
            {"content.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'}
        ),
        "page.pdf": files.a_pdf_bomb,
        "wide.xlsx": lambda: files.archive({"xl/worksheets/a.xml": "a" * (HUGE * 2)}),
    }
    return make[name]()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("long.docx", LARGE),
        ("many.docx", LARGE),
        ("deep.docx", ODD),
        ("laughs.docx", ODD),
        ("outside.odt", ODD),
        ("page.pdf", LARGE),
        ("wide.xlsx", LARGE),
    ],
)
def test_a_bomb_dies_alone(tmp_path, name, why):
    path = tmp_path / name
    path.write_bytes(a_bomb(name))
    before = psutil.Process().memory_info().rss
    with pytest.raises(DocumentError, match=why):
        read_document(path)
    grown = psutil.Process().memory_info().rss - before
    assert grown < 50_000_000


def test_a_cell_repeated_without_end_is_shown_a_few_times(tmp_path):
    path = tmp_path / "a.ods"
    path.write_bytes(files.open_document(CELL))
    (part,) = read_document(path).parts
    assert len(part.blocks[0].rows[0]) == 60


def test_the_kernel_ends_what_takes_too_long_or_too_much(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(files.word_of("<w:p/>" * 400_000))
    with pytest.raises(DocumentError, match="muistia"):
        read_document(path, Limits(memory=90_000_000))
    with pytest.raises(DocumentError, match="aikaa"):
        read_document(path, Limits(seconds=0))


def test_a_lost_file_is_told_of(tmp_path):
    with pytest.raises(DocumentError, match="ei löydy"):
        read_document(tmp_path / "a.pdf")


def test_the_reader_loads_neither_django_nor_the_database():
    code = (
        "import sys, sivusto.documents.worker, sivusto.documents.pdf, sivusto.documents.word;"
        "print('django' in sys.modules or 'psycopg' in sys.modules)"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
