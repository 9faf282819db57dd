"""The demo register: an invented city's cards, brought in from files that people write.

The keys of the files are the fields of the models; fixtures/demo/README.md tells the rest.
"""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone
from django.utils.translation import gettext as _

from hankkeet.models import (
    Attachment,
    Contact,
    ExternalKey,
    Implementer,
    Logo,
    Look,
    Organisation,
    Project,
    ProjectType,
    Result,
    Section,
    Succession,
)
from rahoitus.models import Funder, FundingShare, Programme
from salkut.models import Portfolio
from sivusto.history.recording import record
from sivusto.transfer.markup import html_of

Row = dict[str, Any]

# Keys of a project that name other things; the rest are the project's own fields.
RELATED = (
    "key",
    "project_type",
    "portfolios",
    "parent",
    "predecessors",
    "implementers",
    "sections",
    "funding_shares",
    "contacts",
    "attachments",
    "logos",
    "results",
    "external_keys",
)


class DemoError(Exception):
    """The demo register cannot be loaded; the message tells why in Finnish."""


@dataclass(frozen=True)
class Counts:
    """How much was brought in."""

    portfolios: int
    funders: int
    projects: int
    attachments: int


def register_is_empty() -> bool:
    """Tell whether there is nothing that the demo register could get mixed up with."""
    return not any(model._default_manager.exists() for model in (Project, Portfolio, Funder))


def load_demo(folder: Path) -> Counts:
    """Bring the folder's register into an empty database, all or nothing.

    Raises DemoError if the register already holds something or a file does not make sense.
    """
    if not register_is_empty():
        raise DemoError(
            _("Rekisterissä on jo tietoja. Esittelyaineisto ladataan vain tyhjään rekisteriin.")
        )
    loader = _Loader(folder)
    with _no_stray_files(loader.files), transaction.atomic():
        loader.load_funders()
        loader.load_portfolios()
        loader.load_projects()
        made = loader.projects.values()
        record(made, moments={project.pk: project.updated_at for project in made})
        looks = [Look(project=project, at=project.updated_at, kind="saved") for project in made]
        Look.objects.bulk_create(looks)
    return Counts(
        Portfolio.objects.count(),
        Funder.objects.count(),
        Project.objects.count(),
        Attachment.objects.count(),
    )


@contextmanager
def _no_stray_files(files: list[FieldFile]) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for file in files:
            if file and file._committed:  # type: ignore[attr-defined]
                file.storage.delete(str(file.name))
        raise


class _Loader:
    """Holds what has been made so far, by the names that the files use."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.place = str(folder)
        self.files: list[FieldFile] = []
        self.types: dict[str, ProjectType] = {}
        self.portfolios: dict[str, Portfolio] = {}
        self.funders: dict[str, Funder] = {}
        self.programmes: dict[tuple[Funder, str], Programme] = {}
        self.organisations: dict[str, Organisation] = {}
        self.projects: dict[str, Project] = {}

    def load_funders(self) -> None:
        for row in self._rows("funders.toml", "funder"):
            programmes = row.pop("programmes", [])
            if "logo" in row:
                row["logo"] = self._file("logos", row["logo"])
            funder = self._checked(Funder, row)
            funder.save()
            self.funders |= {funder.name: funder, funder.short_name or funder.name: funder}
            for each in programmes:
                programme = self._checked(Programme, each | {"funder": funder})
                programme.save()
                self.programmes[funder, programme.name] = programme

    def load_portfolios(self) -> None:
        for row in self._rows("project_types.toml", "project_type"):
            self.types[row["name"]] = ProjectType.objects.get_or_create(
                name=row["name"], defaults={"position": len(self.types)}
            )[0]
        for row in self._rows("portfolios.toml", "portfolio"):
            key = row.pop("key")
            row["predecessor"] = self._known(self.portfolios, row.get("predecessor"))
            self.portfolios[key] = self._checked(Portfolio, row)
            self.portfolios[key].save()

    def load_projects(self) -> None:
        made = [
            (row, self._project(row))
            for path in sorted((self.folder / "projects").glob("*.toml"))
            for row in self._rows(f"projects/{path.name}", "project")
        ]
        moments = [(project.updated_at, project.published_at) for _row, project in made]
        projects = Project.objects.bulk_create([project for _row, project in made])
        for (row, project), (updated, published) in zip(made, moments, strict=True):
            self.projects[row.get("key", project.name)] = project
            project.created_at = min(filter(None, (published, updated)))
            project.updated_at = updated
        for row, project in made:
            self.place = project.name
            project.parent = self._known(self.projects, row.get("parent"))
            project.clean()
            self._link(project, row)
        Project.objects.bulk_update(projects, ["parent", "created_at", "updated_at"])
        for model, kinds in self._contents(made).items():
            model._default_manager.bulk_create(kinds)

    def _project(self, row: Row) -> Project:
        own = {key: value for key, value in row.items() if key not in RELATED}
        for key in ("published_at", "updated_at"):
            if isinstance(own.get(key), date):
                own[key] = timezone.make_aware(datetime.combine(own[key], time(12)))
        own["project_type"] = self._known(self.types, row.get("project_type"))
        project: Project = self._checked(Project, own)
        if project.updated_at is None:
            raise self._error(_("updated_at puuttuu."))
        return project

    def _link(self, project: Project, row: Row) -> None:
        project.portfolios.set(self._known(self.portfolios, k) for k in row.get("portfolios", []))
        for position, name in enumerate(row.get("implementers", [])):
            if name not in self.organisations:
                self.organisations[name] = Organisation.objects.create(name=name)
            Implementer.objects.create(
                project=project, organisation=self.organisations[name], position=position
            )
        for key in row.get("predecessors", []):
            succession = Succession(predecessor=self._known(self.projects, key), successor=project)
            succession.full_clean()
            succession.save()

    def _contents(self, made: list[tuple[Row, Project]]) -> dict[type[models.Model], list[Any]]:
        makers: dict[str, tuple[type[models.Model], Callable[[Row], Row]]] = {
            "sections": (Section, self._section),
            "funding_shares": (FundingShare, self._share),
            "contacts": (Contact, dict),
            "attachments": (Attachment, self._attachment),
            "logos": (Logo, self._logo),
            "results": (Result, dict),
            "external_keys": (ExternalKey, dict),
        }
        contents: dict[type[models.Model], list[Any]] = {}
        for row, project in made:
            self.place = project.name
            for key, (model, fields) in makers.items():
                for position, each in enumerate(row.get(key, [])):
                    values = fields(each) | {"project": project}
                    if model is not ExternalKey:
                        values["position"] = position
                    contents.setdefault(model, []).append(self._checked(model, values))
        return contents

    def _section(self, row: Row) -> Row:
        return row | {"body": html_of(row.get("body", ""))}

    def _share(self, row: Row) -> Row:
        funder = self._known(self.funders, row.get("funder"))
        programme = row.get("programme")
        return row | {
            "funder": funder,
            "programme": self._known(self.programmes, programme and (funder, programme)),
        }

    def _attachment(self, row: Row) -> Row:
        if "file" not in row:
            return dict(row)
        file = self._file("files", row["file"])
        return {"file_name": row["file"], "size": file.size} | row | {"file": file}

    def _logo(self, row: Row) -> Row:
        return row | {"image": self._file("logos", row.get("image", ""))}

    def _file(self, folder: str, name: str) -> "ContentFile[bytes]":
        try:
            return ContentFile((self.folder / folder / name).read_bytes(), name=name)
        except OSError as error:
            raise self._error(_("tiedostoa %(name)s ei löydy.") % {"name": name}) from error

    def _rows(self, file: str, key: str) -> Iterable[Row]:
        self.place = file
        try:
            content = tomllib.loads((self.folder / file).read_text("utf-8"), parse_float=Decimal)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise self._error(str(error)) from error
        for row in content.get(key, []):
            self.place = f"{file}: {row.get('name', '?')}"
            yield row

    def _known(self, made: dict[Any, Any], name: Any) -> Any:
        """Return what the files call by the name; None for no name."""
        if name and name not in made:
            raise self._error(_("tuntematon nimi: %(name)s") % {"name": name})
        return made[name] if name else None

    def _checked(self, model: type[models.Model], fields: Row) -> Any:
        """Make what the fields say, or tell which file and card cannot be read.

        Only what asks nothing of the database is checked; its constraints hold when saving.
        """
        related = {field.name for field in model._meta.fields if field.is_relation}
        try:
            instance = model(**fields)
            instance.full_clean(exclude=related, validate_unique=False, validate_constraints=False)
        except TypeError as error:
            raise self._error(str(error)) from error
        except ValidationError as error:
            raise self._error(" ".join(error.messages)) from error
        uploads = (field for field in model._meta.fields if isinstance(field, models.FileField))
        self.files.extend(getattr(instance, field.attname) for field in uploads)
        return instance

    def _error(self, message: str) -> DemoError:
        return DemoError(f"{self.place}: {message}")
