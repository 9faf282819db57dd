"""What is to be changed on many cards at once."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hankkeet.models import Contact
from salkut.models import Portfolio


@dataclass(frozen=True)
class Task:
    """A role in a unit, and the name of who has it."""

    role: str
    unit: str
    person_name: str

    @property
    def key(self) -> str:
        """What stands for the task on a form."""
        text = json.dumps([self.role, self.unit, self.person_name])
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()

    @property
    def place(self) -> str:
        """The role and the unit, "" where neither is known."""
        return ", ".join(filter(None, (self.role, self.unit)))

    @staticmethod
    def of(contact: Contact) -> "Task":
        """Return the task of a contact."""
        return Task(contact.role, contact.unit, contact.person_name)


@dataclass(frozen=True)
class Person:
    """Who is attached to a role."""

    person_name: str
    phone: str = ""
    email: str = ""
    visibility: str = "role"
    start_date: date | None = None


@dataclass(frozen=True)
class Change:
    """What is to be changed; what is empty stays as it is.

    ``person`` takes over the ``tasks``, or comes to a new contact in ``role`` and ``unit``.
    """

    phase: str = ""
    added: Sequence[Portfolio] = ()
    removed: Sequence[Portfolio] = ()
    person: Person | None = None
    tasks: frozenset[Task] = frozenset()
    role: str = ""
    unit: str = ""
    unit_email: str = ""

    @property
    def adds_contact(self) -> bool:
        """Whether each card gets one more contact."""
        return self.person is not None and not self.tasks
