"""Tagged PDF files bound into one, with nothing of them lost.

A plain merge of pages loses the tags. Here the structure trees are joined (ISO 32000-1, 14.7: the
parent tree's keys and the numbers that lead to them move up, the cells' identifiers get a prefix of
their file), outlines are hung below one another, links to an address that is in the book lead to
its page, and the faces that every file embeds a part of are embedded once. The result is PDF/UA-1
if the files are.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from sivusto.book.faces import Faces
from sivusto.book.numbers import PageNumbers

Element = Any  # an object of a PDF file, which knows its type only when it is asked


@dataclass(frozen=True)
class Leaf:
    """A file to be bound, what it is called, and the address that it is the paper of.

    Leaves of the same chapter that follow one another share an entry of the outline.
    """

    path: Path
    title: str
    address: str
    chapter: str = ""


class Binding:
    """A book in the making: first the leaves, then the front matter, which names their pages."""

    def __init__(self, faces: Path) -> None:
        """Begin a book; ``faces`` is the folder that the printing process takes its faces from."""
        self._pdf = pikepdf.new()
        tree = Dictionary(Type=Name.StructTreeRoot, ParentTree=Dictionary(Nums=Array()))
        self._tree: Element = self._pdf.make_indirect(tree)
        self._document: Element = self._pdf.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Document, P=self._tree, K=Array())
        )
        self._tree.K = Array([self._document])
        self._next_parent = 0
        self._chapters: list[tuple[str, list[Element]]] = []  # with the entries of their leaves
        self._titles: dict[str, str] = {}  # by address
        self._first_pages: dict[str, Element] = {}
        self._faces = Faces(faces)

    @staticmethod
    def open(leaf: Leaf) -> Pdf:
        """Open a file to be added; what is not a whole PDF file raises ``pikepdf.PdfError``."""
        return pikepdf.open(io.BytesIO(leaf.path.read_bytes()))

    def add(self, leaf: Leaf, source: Pdf) -> None:
        """Add an opened file at the end."""
        pages = self._add_pages(source, len(self._pdf.pages))
        self._titles[leaf.address], self._first_pages[leaf.address] = leaf.title, pages[0]
        self._document.K.append(self._tagged(source, pages, f"{len(self._titles)}-"))
        entry = self._pdf.make_indirect(
            Dictionary(Title=String(leaf.title), Dest=Array([pages[0], Name.Fit]))
        )
        inner = self._outline_of(source)
        if len(inner) == 1:  # the only heading of the highest level is the title itself
            inner = list(_chain(inner[0]))
        _hang(entry, inner)
        if not self._chapters or self._chapters[-1][0] != leaf.chapter:
            self._chapters.append((leaf.chapter, []))
        self._chapters[-1][1].append(entry)

    def finish(self, front: bytes) -> bytes:
        """Put the front matter before the leaves and return the whole file.

        Title, language and metadata are the front's, whose pages are numbered in Roman figures.
        Those of the leaves count from one, and each bears its number at its head.
        """
        if self._titles:
            numbers = PageNumbers(self._pdf, self._faces)
            for number, page in enumerate(self._pdf.pages, 1):
                numbers.put(page, number)
        source = pikepdf.open(io.BytesIO(front))
        pages = self._add_pages(source, 0)
        self._document.K.insert(0, self._tagged(source, pages, "0-"))
        self._take_metadata(source)
        for page in self._pdf.pages:
            self._lead_links(page.obj)
        self._tree.ParentTreeNextKey = self._next_parent
        labels = [0, Dictionary(S=Name.r)]
        labels += [len(pages), Dictionary(S=Name.D, St=1)] if self._titles else []
        root = self._pdf.Root
        root.StructTreeRoot, root.MarkInfo = self._tree, Dictionary(Marked=True)
        root.PageLabels = Dictionary(Nums=Array(labels))
        root.Outlines = self._outline(self._outline_of(source))
        self._faces.share()
        whole = io.BytesIO()
        generate = pikepdf.ObjectStreamMode.generate
        self._pdf.save(whole, min_version="1.7", object_stream_mode=generate)
        return whole.getvalue()

    def _add_pages(self, source: Pdf, start: int) -> list[Element]:
        """Put a file's pages in; before anything that leads to them, which finds them thereby."""
        for place, page in enumerate(source.pages, start):
            self._pdf.pages.insert(place, page)
        self._faces.note(source, self._pdf)
        return [page.obj for page in self._pdf.pages[start : start + len(source.pages)]]

    def _tagged(self, source: Pdf, pages: Sequence[Element], prefix: str) -> Element:
        """Return a file's tags as a part of the book's."""
        tree, shift = self._pdf.copy_foreign(source.Root.StructTreeRoot), self._next_parent
        for page in pages:
            page.StructParents = int(page.StructParents) + shift
            for annotation in page.get("/Annots", ()):
                if "/StructParent" in annotation:
                    annotation.StructParent = int(annotation.StructParent) + shift
        own, parents = tree.ParentTree.Nums, self._tree.ParentTree.Nums
        for place in range(0, len(own), 2):
            key = int(own[place]) + shift
            parents.append(key)
            parents.append(own[place + 1])
            self._next_parent = max(self._next_parent, key + 1)
        [part] = tree.K
        part.S, part.P = Name.Part, self._document
        _rename_cells(part, prefix)
        return part

    def _take_metadata(self, source: Pdf) -> None:
        root = self._pdf.Root
        root.Metadata = self._pdf.copy_foreign(source.Root.Metadata)
        root.Lang = String(str(source.Root.Lang))
        root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
        for name, value in source.docinfo.items():
            self._pdf.docinfo[name] = String(str(value))

    def _outline_of(self, source: Pdf) -> list[Element]:
        outlines = source.Root.get("/Outlines")
        return list(_chain(self._pdf.copy_foreign(outlines))) if outlines is not None else []

    def _outline(self, front: Sequence[Element]) -> Element:
        entries = [*front]
        for chapter, leaves in self._chapters:
            if chapter:
                entry = Dictionary(Title=String(chapter), Dest=leaves[0].Dest)
                entries.append(self._pdf.make_indirect(entry))
                _hang(entries[-1], leaves)
            else:
                entries += leaves
        top = self._pdf.make_indirect(Dictionary(Type=Name.Outlines))
        _hang(top, entries)
        top.Count = sum(1 + max(0, int(entry.get("/Count", 0))) for entry in entries)
        return top

    def _lead_links(self, page: Element) -> None:
        """Let links to the address of a leaf lead to its first page."""
        for annotation in page.get("/Annots", ()):
            action = annotation.get("/A")
            if action is None or action.get("/S") != Name.URI:
                continue
            address = str(action.URI)
            if address in self._first_pages:
                del annotation["/A"]
                annotation.Dest = Array([self._first_pages[address], Name.Fit])
                annotation.Contents = String(self._titles[address])


def _chain(parent: Element) -> Iterator[Element]:
    """Yield the entries of an outline below the parent."""
    entry = parent.get("/First")
    while entry is not None:
        yield entry
        entry = entry.get("/Next")


def _hang(parent: Element, entries: Sequence[Element]) -> None:
    """Link entries of the outline with one another below the parent, which is closed at first."""
    for before, entry in zip([None, *entries], entries, strict=False):
        entry.Parent = parent
        for key in {"/Prev", "/Next"} & set(entry.keys()):
            del entry[key]
        if before is not None:
            entry.Prev, before.Next = before, entry
    if entries:
        parent.First, parent.Last, parent.Count = entries[0], entries[-1], -len(entries)


def _rename_cells(part: Element, prefix: str) -> None:
    """Put the prefix before the identifiers of header cells, and where cells name them."""
    waiting = [part]
    while waiting:
        element = waiting.pop()
        if "/ID" in element:
            element.ID = String(prefix + str(element.ID))
        attributes = element.get("/A")
        if attributes is not None and "/Headers" in attributes:
            attributes.Headers = Array(String(prefix + str(name)) for name in attributes.Headers)
        kids = element.get("/K")
        if isinstance(kids, Array):
            waiting += [kid for kid in kids if isinstance(kid, Dictionary) and "/S" in kid]
