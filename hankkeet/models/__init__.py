"""The project and what belongs to it."""

from hankkeet.models.attachments import Accessibility, Attachment, AttachmentKind
from hankkeet.models.contacts import Contact, Visibility
from hankkeet.models.contents import Logo, Section
from hankkeet.models.feedback import Feedback, FeedbackState
from hankkeet.models.findings import Finding, KnownFinding, Weight
from hankkeet.models.implementers import Implementer, Organisation
from hankkeet.models.links import Link
from hankkeet.models.look import Look, LookKind
from hankkeet.models.move import Move, MoveKind
from hankkeet.models.project import Phase, Project, Publication
from hankkeet.models.project_type import ProjectType
from hankkeet.models.relations import ExternalKey, Succession
from hankkeet.models.results import Result, ResultState
from hankkeet.models.revision import Revision
from hankkeet.models.texts import AttachmentText, TextState
from hankkeet.models.version import Version

__all__ = [
    "Accessibility",
    "Attachment",
    "AttachmentKind",
    "AttachmentText",
    "Contact",
    "ExternalKey",
    "Feedback",
    "FeedbackState",
    "Finding",
    "Implementer",
    "KnownFinding",
    "Link",
    "Logo",
    "Look",
    "LookKind",
    "Move",
    "MoveKind",
    "Organisation",
    "Phase",
    "Project",
    "ProjectType",
    "Publication",
    "Result",
    "ResultState",
    "Revision",
    "Section",
    "Succession",
    "TextState",
    "Version",
    "Visibility",
    "Weight",
]
