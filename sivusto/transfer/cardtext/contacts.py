"""Contacts put together from the pieces of their field."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sivusto.transfer.cardtext.model import ContactText
from sivusto.transfer.cardtext.pieces import Piece, logical_lines, pieces


def contacts(lines: Sequence[str]) -> tuple[ContactText, ...]:
    """Read the field: one contact for each person, or for each role without one."""
    builder = _Builder()
    for line in logical_lines(lines):
        row = [*pieces(line)]
        for number, piece in enumerate(row):
            following = next(
                (later.kind for later in row[number + 1 :] if later.kind in ("name", "role")), ""
            )
            builder.add(piece, following)
        builder.end_line()
    return builder.contacts()


@dataclass
class _Draft:
    contact: ContactText
    # The role stands above a list of persons: a title of their own is added or replaces it.
    inherited: bool = False
    other_line: bool = False


class _Builder:
    """Takes pieces in order; knows which contact is open and which role is carried on."""

    def __init__(self) -> None:
        self._drafts: list[_Draft] = []
        self._open = False
        self._carried = ""
        self._carried_alone = False
        self._plural_role = ""
        self._role_first: bool | None = None
        self._pattern = ""

    def contacts(self) -> tuple[ContactText, ...]:
        found = [draft.contact for draft in self._drafts]
        return tuple(self._with_pattern(contact) for contact in found if contact != ContactText())

    def _with_pattern(self, contact: ContactText) -> ContactText:
        """Give the pattern at the field's end to all who have no address of their own."""
        return contact if contact.email else replace(contact, email=self._pattern)

    def end_line(self) -> None:
        if not self._carried_alone:
            self._carried = ""
        self._plural_role = ""
        for draft in self._drafts[-1:]:
            draft.other_line = True

    def add(self, piece: Piece, following: str) -> None:
        """Take one piece; `following` is the kind of the next name or role on the line."""
        if piece.kind == "name":
            self._name(piece)
        elif piece.kind == "role":
            self._role(piece, following)
        elif piece.kind == "years":
            draft = self._current()
            draft.contact = replace(
                draft.contact, role=f"{draft.contact.role} {piece.text}".strip()
            )
        elif piece.kind in ("unit", "text"):
            self._unit(piece, following)
        elif piece.kind == "pattern":
            self._pattern = piece.text
        elif piece.kind == "phone":
            self._detail(phone=piece.text)
        elif piece.kind == "email":
            self._detail(email=piece.text)
        elif piece.kind == "share":
            self._current().contact = replace(self._last(), share_percent=piece.percent)
        else:
            self._period(piece)

    def _last(self) -> ContactText:
        return self._current().contact

    def _current(self) -> _Draft:
        if not self._drafts:
            self._drafts.append(_Draft(ContactText()))
        return self._drafts[-1]

    def _start(self, contact: ContactText, *, inherited: bool = False) -> None:
        self._drafts.append(_Draft(contact, inherited))

    def _name(self, piece: Piece) -> None:
        if self._role_first is None:
            self._role_first = bool(self._drafts and self._last().role)
        last = self._last() if self._drafts else ContactText(name="-")
        waiting = not last.name and not (last.phone and last.role and self._drafts[-1].other_line)
        if self._drafts and waiting:
            self._drafts[-1].contact = replace(last, name=piece.text)
        else:
            role = self._carried or self._plural_role
            self._start(ContactText(role=role, name=piece.text), inherited=bool(role))

    def _role(self, piece: Piece, following: str) -> None:
        if piece.colon:
            self._carried, self._carried_alone = piece.text, piece.alone
            self._start(ContactText(role=piece.text), inherited=True)
            return
        if piece.text.endswith("t"):
            self._plural_role = piece.text
        draft = self._drafts[-1] if self._drafts else None
        if draft is None:
            self._start(ContactText(role=piece.text))
        elif draft.inherited and not draft.other_line:
            if not draft.contact.name or following != "name":
                draft.contact = replace(draft.contact, role=f"{draft.contact.role}, {piece.text}")
            else:
                both = f"{self._carried}, {piece.text}" if self._carried else piece.text
                self._start(ContactText(role=both), inherited=bool(self._carried))
        elif (
            draft.contact.name
            and not draft.contact.role
            and not self._new_line_role(draft, following)
        ):
            draft.contact = replace(draft.contact, role=piece.text)
        elif (
            draft.contact.name
            and not self._role_first
            and following != "name"
            and not draft.other_line
        ):
            draft.contact = replace(draft.contact, role=f"{draft.contact.role}, {piece.text}")
        elif not draft.contact.name and not draft.contact.role:
            draft.contact = replace(draft.contact, role=piece.text)
        else:
            self._start(ContactText(role=piece.text))

    def _new_line_role(self, draft: _Draft, following: str) -> bool:
        return draft.other_line and following == "name"

    def _unit(self, piece: Piece, following: str) -> None:
        draft = self._drafts[-1] if self._drafts else None
        fresh = draft is None or (
            draft.other_line and bool(draft.contact.phone or draft.contact.email)
        )
        if fresh or draft is None:
            is_unit = piece.kind == "unit"
            self._start(ContactText(unit=piece.text) if is_unit else ContactText(role=piece.text))
        elif piece.kind == "unit" or (draft.contact.name and draft.contact.role):
            unit = f"{draft.contact.unit}, {piece.text}" if draft.contact.unit else piece.text
            draft.contact = replace(draft.contact, unit=unit)
        else:
            role = f"{draft.contact.role}, {piece.text}" if draft.contact.role else piece.text
            draft.contact = replace(draft.contact, role=role)

    def _detail(self, *, phone: str = "", email: str = "") -> None:
        contact = self._current().contact
        if phone:
            both = f"{contact.phone}, {phone}" if contact.phone else phone
            self._drafts[-1].contact = replace(contact, phone=both)
        else:
            both = f"{contact.email}, {email}" if contact.email else email
            self._drafts[-1].contact = replace(contact, email=both)

    def _period(self, piece: Piece) -> None:
        contact = self._current().contact
        if contact.start_date or contact.end_date or not (piece.first or piece.last):
            text = f"{contact.role}, {piece.text}".strip(" ,")
            self._drafts[-1].contact = replace(contact, role=text)
        else:
            dated = replace(contact, start_date=piece.first, end_date=piece.last)
            self._drafts[-1].contact = dated
