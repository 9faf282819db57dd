"""Uploads: judged by content, inert, and gone when their rows are."""

import io
import struct
import tracemalloc
import zipfile
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from hankkeet.forms import PictureField
from hankkeet.storage import TidyStorage, all_or_no_files
from hankkeet.uploads import CONTENT_TYPES, reencoded_image, shown_name, validate_document

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def archive(*members, stored=False) -> bytes:
    out = io.BytesIO()
    kind = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(out, "w", kind) as target:
        for name, data in members:
            target.writestr(name, data)
    return out.getvalue()


def office(main_type=WORD, *more) -> bytes:
    types = f'<Types><Override PartName="/x" ContentType="{main_type}"/></Types>'
    return archive(("[Content_Types].xml", types), ("word/document.xml", "<w/>"), *more)


def open_document(kind="text", *more) -> bytes:
    mimetype = f"application/vnd.oasis.opendocument.{kind}"
    return archive(("mimetype", mimetype), ("content.xml", "<o/>"), *more, stored=True)


def picture(kind="PNG", size=(40, 20), mode="RGB", **options) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode in ("RGB", "RGBA") else 1).save(out, kind, **options)
    return out.getvalue()


def huge_png(width=60_000, height=60_000) -> bytes:
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def upload(name, data) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


GOOD = [
    ("raportti.pdf", PDF),
    ("raportti.PDF", PDF + b"\n" * 500),
    ("suunnitelma.docx", office()),
    ("taulukko.xlsx", office(SHEET)),
    ("esitys.pptx", office(SLIDES)),
    ("suunnitelma.odt", open_document()),
    ("taulukko.ods", open_document("spreadsheet")),
    ("esitys.odp", open_document("presentation")),
    ("kuva.png", picture()),
    ("kuva.jpg", picture("JPEG")),
    ("kuva.jpeg", picture("JPEG")),
    ("muistio.txt", "Ääkköset ja 5 < 6".encode()),
    ("luvut.csv", "nimi;summa\nA;1 000\n".encode("cp1252")),
]


@pytest.mark.parametrize(("name", "data"), GOOD, ids=[name for name, _ in GOOD])
def test_documents_of_the_known_kinds_are_taken(name, data):
    validate_document(upload(name, data))


HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
BAD = {
    "svg": ("kuva.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "svg as png": ("kuva.png", b"<svg onload='alert(1)'/>"),
    "web page": ("sivu.html", HTML),
    "web page as text": ("sivu.txt", HTML),
    "web page as text after a mark": ("sivu.txt", b"\xef\xbb\xbf \n" + HTML),
    "web page inside text": ("sivu.txt", b"hei\n<script>alert(1)</script>"),
    "web page as pdf": ("sivu.pdf", HTML),
    "program": ("ohjelma.exe", b"MZ\x90\0"),
    "program as pdf": ("ohjelma.pdf", b"MZ\x90\0%PDF-1.7 %%EOF"),
    "program as text": ("ohjelma.txt", b"MZ\x90\0\x03\0\0\0"),
    "script as text": ("ajo.txt", b"#!/bin/sh\nrm -rf /"),
    "two endings": ("raportti.pdf.exe", PDF),
    "no ending": ("raportti", PDF),
    "empty": ("tyhja.pdf", b""),
    "cut pdf": ("raportti.pdf", PDF[:40]),
    "pdf and web page": ("raportti.pdf", b"%PDF-1.7\n" + HTML + PDF),
    "pdf with a page after it": ("raportti.pdf", PDF + HTML),
    "pdf and archive": ("raportti.pdf", PDF + archive(("a", "b")) + b"%%EOF"),
    "archive in front of pdf": ("raportti.pdf", archive(("a", "b")) + PDF),
    "plain zip": ("paketti.docx", archive(("a.txt", "b"))),
    "zip": ("paketti.zip", archive(("a.txt", "b"))),
    "word as excel": ("taulukko.xlsx", office()),
    "odt as docx": ("suunnitelma.docx", open_document()),
    "ods as odt": ("suunnitelma.odt", open_document("spreadsheet")),
    "docm": ("makro.docm", office(WORD, ("word/vbaProject.bin", "x"))),
    "macros": ("makro.docx", office(WORD, ("word/vbaProject.bin", "x"))),
    "macros by another name": ("makro.docx", office(WORD.replace("document.main", "macroEnabled"))),
    "activex": ("makro.docx", office(WORD, ("word/activeX/activeX1.bin", "x"))),
    "basic": ("makro.odt", open_document("text", ("Basic/Standard/Module1.xml", "x"))),
    "scripts": ("makro.odt", open_document("text", ("Scripts/python/x.py", "x"))),
    "program inside": ("liite.docx", office(WORD, ("word/embeddings/a.exe", "MZ"))),
    "jar": ("liite.docx", office(WORD, ("Main.class", "x"))),
    "climbing names": ("liite.docx", office(WORD, ("../../etc/passwd", "x"))),
    "drive names": ("liite.docx", office(WORD, ("C:/x", "x"))),
    "absolute names": ("liite.docx", office(WORD, ("/etc/passwd", "x"))),
    "something before the archive": ("liite.docx", HTML + office()),
    "cut archive": ("liite.docx", office()[:-30]),
    "gif as png": ("kuva.png", picture("GIF", mode="P")),
    "gif and script": ("kuva.png", b"GIF89a=1;alert(1)//"),
    "png as jpg": ("kuva.jpg", picture()),
    "cut png": ("kuva.png", picture(size=(300, 300))[:60]),
    "bmp": ("kuva.bmp", picture("BMP")),
    "page as jpg": ("kuva.jpg", b"\xff\xd8\xff" + HTML),
    "huge picture": ("kuva.png", huge_png()),
    "picture of too many pixels": ("kuva.png", picture(size=(8000, 6000), mode="1")),
    "wide picture": ("kuva.png", huge_png(50_000_000, 1)),
    "rtf as text": ("muistio.txt", b"{\\rtf1\\object}"),
    "postscript": ("kuva.eps", b"%!PS-Adobe"),
}


@pytest.mark.parametrize(("name", "data"), BAD.values(), ids=BAD)
def test_what_is_not_such_a_document_is_refused(name, data):
    with pytest.raises(ValidationError):
        validate_document(upload(name, data))


def test_a_file_over_the_limit_is_refused_with_both_sizes(settings):
    settings.UPLOAD_LIMIT = 1024 * 1024
    with pytest.raises(ValidationError, match=r"liian suuri.*2,0.*1,0"):
        validate_document(upload("raportti.pdf", PDF + b" " * 2 * 1024 * 1024))


BOMBS = {
    "member of a gigabyte": office(WORD, ("word/media/x.bin", b"\0" * 50_000_000)),
    "type list of a gigabyte": archive(("[Content_Types].xml", b" " * 50_000_000)),
    "mimetype of a gigabyte": archive(("mimetype", b" " * 50_000_000)),
}


@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
@pytest.mark.parametrize("name", ["a.docx", "a.odt"])
def test_a_bomb_is_not_inflated(name, data):
    tracemalloc.start()
    try:
        validate_document(upload(name, data))
    except ValidationError:
        pass
    finally:
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert most < 5_000_000


def test_a_list_of_contents_of_a_million_members_is_not_read():
    data = bytearray(office())
    struct.pack_into("<L", data, len(data) - 10, 100_000_000)
    with pytest.raises(ValidationError):
        validate_document(upload("a.docx", bytes(data)))


@pytest.mark.parametrize("suffix", [".jpg", ".png"])
def test_a_picture_drawn_anew_keeps_nothing_but_its_pixels(suffix):
    exif = Image.Exif()
    exif[0x010E] = "salaisuus"
    kind = "JPEG" if suffix == ".jpg" else "PNG"
    data = picture(kind, exif=exif) + HTML
    assert b"salaisuus" in data
    drawn = reencoded_image(upload(f"kuva{suffix}", data)).read()
    assert b"salaisuus" not in drawn
    assert b"script" not in drawn
    assert Image.open(io.BytesIO(drawn)).format == kind


def test_a_picture_stands_as_the_camera_held_it():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    drawn = reencoded_image(upload("kuva.jpg", picture("JPEG", size=(40, 20), exif=exif)))
    assert Image.open(drawn).size == (20, 40)


@pytest.mark.parametrize(
    ("kind", "mode", "expected"),
    [
        ("PNG", "RGBA", "RGBA"),
        ("PNG", "P", "RGB"),
        ("PNG", "1", "RGB"),
        ("PNG", "I;16", "RGB"),
        ("JPEG", "CMYK", "RGB"),
        ("JPEG", "L", "RGB"),
    ],
)
def test_every_kind_of_colour_can_be_drawn(kind, mode, expected):
    out = io.BytesIO()
    Image.new(mode, (8, 8)).save(out, kind)
    name = "kuva.png" if kind == "PNG" else "kuva.jpg"
    assert Image.open(reencoded_image(upload(name, out.getvalue()))).mode == expected


def test_a_logo_is_made_no_larger_than_needed():
    drawn = PictureField().clean(upload("logo.png", picture(size=(3000, 300))))
    assert Image.open(drawn).size == (1200, 120)


@pytest.mark.parametrize("name", ["svg", "gif as png", "huge picture", "cut png", "page as jpg"])
def test_what_is_no_picture_is_no_logo(name):
    with pytest.raises(ValidationError, match="PNG- tai JPEG"):
        PictureField().clean(upload(*BAD[name]))


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("Raportti 2024.pdf", "Raportti 2024.pdf"),
        ("C:\\Users\\x\\raportti.pdf", "raportti.pdf"),
        ("../../etc/passwd", "passwd"),
        ("rapo\u202efdp.exe", "rapofdp.exe"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
    ],
)
def test_a_file_is_shown_under_a_name_that_does_not_deceive(given, expected):
    assert shown_name(given) == expected


def test_every_kind_that_is_taken_has_a_content_type_for_its_download():
    assert {"." + name.rpartition(".")[2].lower() for name, _ in GOOD} == set(CONTENT_TYPES)


class BreakingFile(ContentFile):
    """Content whose second piece cannot be written, as when the disk is full."""

    def chunks(self, chunk_size=None):
        yield b"alku"
        raise OSError(28, "No space left on device")


def test_a_full_disk_leaves_no_half_file(tmp_path):
    storage = TidyStorage(location=tmp_path)
    with pytest.raises(OSError, match="No space"):
        storage.save("liitteet/a.pdf", BreakingFile(b"x"))
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_files_written_before_a_failure_are_removed(tmp_path, monkeypatch):
    storage = TidyStorage(location=tmp_path)
    monkeypatch.setattr("hankkeet.storage.default_storage", storage)
    files = {"a.pdf": ContentFile(b"x"), "b.pdf": BreakingFile(b"x")}
    with pytest.raises(OSError, match="No space"), all_or_no_files():
        list(map(storage.save, files.keys(), files.values()))
    assert not list(tmp_path.iterdir())


def test_files_stay_when_all_went_well(tmp_path):
    storage = TidyStorage(location=tmp_path)
    with all_or_no_files():
        storage.save("a.pdf", ContentFile(b"x"))
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def test_the_site_stores_files_tidily():
    assert isinstance(default_storage, TidyStorage)


def test_a_cut_off_picture_is_refused_also_where_a_library_lets_such_pass(monkeypatch):
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError):
        reencoded_image(SimpleUploadedFile(*BAD["cut png"]))
