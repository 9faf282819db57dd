"""Bytes of unknown origin to text, with what was done told in Finnish."""

import codecs
import re

_BINARY = (
    (b"%PDF", "PDF-tiedosto"),
    (b"PK\x03\x04", "pakattu tiedosto (ZIP, Word, Excel tai OpenDocument)"),
    (b"PK\x05\x06", "pakattu tiedosto (ZIP)"),
    (b"\x1f\x8b", "pakattu tiedosto (gzip)"),
    (b"\xd0\xcf\x11\xe0", "vanha Office-tiedosto"),
    (b"\x89PNG", "kuva"),
    (b"\xff\xd8\xff", "kuva"),
    (b"GIF8", "kuva"),
    (b"{\\rtf", "RTF-tiedosto"),
)
_ADVICE = "Avaa kortti selaimessa, kopioi sen teksti ja tallenna se tekstitiedostoksi."
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])
_CP1252_HIGH = "".join(
    bytes([byte]).decode("cp1252")
    for byte in range(0x80, 0xC0)
    if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
)
_TAIL = re.escape(_CP1252_HIGH) + "\x80-\xbf"
_MOJIBAKE = re.compile(f"[\xc2-\xdf][{_TAIL}]|[\xe0-\xef][{_TAIL}]{{2}}|[\xf0-\xf4][{_TAIL}]{{3}}")
_FINNISH = re.compile("(?<=[a-zA-Z])[äöåÄÖÅ]|[äöåÄÖÅ](?=[a-zA-Z])")
# What a Finnish text turns into when its UTF-8 is read as windows-1252.
_SUSPECT = re.compile("\xc3[\xa4\xb6\xa5\u201e\u2013\u2026]|\xc2[\xa0-\xbf]|\xe2\u20ac|\xe2\x80")


def decode(data: bytes) -> tuple[str, list[str]]:
    """Return the text and Finnish messages; for binary rubbish an empty text and the reason."""
    refusal = _refusal(data)
    if refusal:
        return "", [refusal]
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _with_bom(data[len(bom) :], encoding)
    wide = _utf16_without_bom(data)
    if wide:
        return data.decode(wide, "ignore"), [f"Tiedosto luettiin {wide[:6].upper()}-tekstinä."]
    if _is_binary(data):
        return "", [f"Tiedosto ei ole tekstiä. {_ADVICE}"]
    text, messages = _narrow(data)
    repaired = _repair(text)
    if repaired != text:
        messages.append("Väärin tallennetut merkit (esim. Ã¤) palautettiin kirjaimiksi (ä).")
    return repaired, messages


def _refusal(data: bytes) -> str:
    if not data.strip():
        return "Tiedosto on tyhjä."
    start = data.lstrip(codecs.BOM_UTF8 + b" \r\n\t")[:16]
    for magic, what in _BINARY:
        if start.startswith(magic):
            return f"Tiedosto ei ole tekstiä vaan {what}. {_ADVICE}"
    return ""


def _with_bom(body: bytes, encoding: str) -> tuple[str, list[str]]:
    text = body.decode(encoding, "ignore")
    if "\x00" in text:
        return "", [f"Tiedosto ei ole tekstiä. {_ADVICE}"]
    if encoding == "utf-8":
        repaired = _repair(text)
        done = ["Väärin tallennetut merkit (esim. Ã¤) palautettiin kirjaimiksi (ä)."]
        return repaired, done if repaired != text else []
    return text, [f"Tiedosto luettiin {encoding[:6].upper()}-tekstinä."]


def _utf16_without_bom(data: bytes) -> str:
    sample = data[:4000]
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.7 and sample[0::2].count(0) < half * 0.05:
        return "utf-16-le"
    if half and sample[0::2].count(0) > half * 0.7 and sample[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return ""


def _is_binary(data: bytes) -> bool:
    if b"\x00" in data[:100_000]:
        return True
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return controls > max(4, len(data) // 100)


def _narrow(data: bytes) -> tuple[str, list[str]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        cut = error.start >= len(data) - 3 and error.reason == "unexpected end of data"
    if cut:
        text = data.decode("utf-8", "ignore")
        return text, ["Tiedosto loppuu kesken merkin; viimeinen merkki jätettiin pois."]
    good = len(
        re.findall(rb"[\xc3][\x84\x85\x96\xa4\xa5\xb6]|\xc2\xa0|\xe2\x80[\x93\x94\x99\x9d]", data)
    )
    loose = len(re.findall(rb"[\xe4\xf6\xc4\xd6\xe5\xc5](?![\x80-\xbf])", data))
    if good > loose:
        text = data.decode("utf-8", "cardtext-windows-1252")
        return text, ["Tiedostossa on sekaisin kahta merkistöä; se luettiin merkki merkiltä."]
    name, text = _likeliest(data)
    return text, [f"Tiedosto luettiin {name}-merkistönä."]


def _likeliest(data: bytes) -> tuple[str, str]:
    """Return the encoding that finds most Finnish letters inside words, and the text read by it.

    Windows wins unless it finds next to none: what remains is an old DOS or Mac file.
    """
    texts = {"windows-1252": _windows_1252(data)}
    if len(_FINNISH.findall(texts["windows-1252"])) < 3:
        texts |= {"DOS": data.decode("cp850"), "Macintosh": data.decode("mac_roman")}
    best = max(texts, key=lambda name: len(_FINNISH.findall(texts[name])))
    return best, texts[best]


def _windows_1252(data: bytes) -> str:
    return data.decode("cp1252", "cardtext-latin-1")


def _as_latin_1(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


def _as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _windows_1252(error.object[error.start : error.end]), error.end


codecs.register_error("cardtext-latin-1", _as_latin_1)
codecs.register_error("cardtext-windows-1252", _as_windows_1252)


def _repair(text: str) -> str:
    """Undo UTF-8 that was read as windows-1252 and saved again, up to twice, where certain."""
    for _ in range(2):
        if not _SUSPECT.search(text):
            return text
        text = _MOJIBAKE.sub(_unmangle, text)
    return text


def _unmangle(match: re.Match[str]) -> str:
    mangled = match.group()
    raw = b"".join(
        char.encode("cp1252") if char in _CP1252_HIGH else char.encode("latin-1")
        for char in mangled
    )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return mangled
