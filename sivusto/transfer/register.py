"""The register as an import sees it: names to find things by, and the cards that may be meant."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q, SlugField, Value, prefetch_related_objects
from django.db.models.fields.json import KeyTextTransform, KeyTransform

from hankkeet.models import ExternalKey, Organisation, Project, ProjectType
from hankkeet.models.relations import KeyKind
from salkut.fields import name_slug
from salkut.models import Portfolio
from sivusto.models import ImportedCard
from sivusto.transfer.catalogue import Catalogue
from sivusto.transfer.funders import Funders
from sivusto.transfer.keys import name_key, slug_forms
from sivusto.transfer.merge import Base

Identity = tuple[str, str, date | None]


class Register:
    """Everything that a batch is compared with, in a fixed number of queries.

    First `find_meant`, then `load` for those that have to be compared.
    """

    def __init__(self) -> None:
        self.portfolios = Catalogue(Portfolio)
        self.types = Catalogue(ProjectType)
        self.organisations = Catalogue(Organisation)
        self.funders = Funders()
        self._by_old_id: dict[str, list[Project]] = defaultdict(list)
        self._by_name: dict[str, list[Project]] = defaultdict(list)
        self._imported: dict[int, ImportedCard] = {}
        self._slugs: dict[str, set[str]] = {}
        self.meant: set[int] = set()

    @property
    def catalogues(self) -> tuple[list[Any], ...]:
        """The rows that names are found among."""
        own = (self.portfolios, self.types, self.organisations, self.funders)
        return (*(catalogue.rows for catalogue in own), self.funders.programme_rows)

    @property
    def has_made_rows(self) -> bool:
        """Whether things that the texts name have been made, or tried to be."""
        own = (self.portfolios, self.types, self.organisations, self.funders)
        return any(catalogue.has_made_rows for catalogue in own)

    def find_meant(self, identities: Iterable[Identity], *, lock: bool = False) -> None:
        """Look for the cards that the identities (old id, name, start date) may mean.

        With `lock` nobody else can change them until the transaction ends.
        """
        wanted = list(identities)
        ids = {old_id for old_id, _name, _start in wanted if old_id}
        names = {name for _old_id, name, _start in wanted}
        slugs = list(set().union(*map(self._slugs_of, names)))
        keys = ExternalKey.objects.filter(kind=KeyKind.OLD_REGISTER, value__in=ids)
        keyed = list(keys.values_list("project", flat=True)) if ids else []
        # One parameter, for a batch may have a hundred thousand addresses.
        all_slugs = Value(slugs, ArrayField(SlugField()))
        meant = Project.objects.filter(
            Q(slug__any_of=slugs) | Q(former_slugs__overlap=all_slugs) | Q(pk__in=keyed)
        ).order_by("pk")
        if lock:
            list(meant.select_for_update().values_list("pk", flat=True))
        said = KeyTextTransform("start_date", KeyTransform("facts", "imported_card__values"))
        for project in meant.annotate(said_start=said).prefetch_related("external_keys"):
            self.meant.add(project.pk)
            self._by_name[name_key(project.name)].append(project)
            for slug in project.former_slugs:
                self._by_name[slug].append(project)
            for value in old_ids(project):
                self._by_old_id[value].append(project)

    def load(self, identities: Iterable[Identity]) -> None:
        """Fetch all that is compared of the cards that the identities mean."""
        found = (project for identity in identities for project in self.find(identity))
        projects = list(dict.fromkeys(found))
        prefetch_related_objects(
            projects,
            "portfolios",
            "implementer_set__organisation",
            "sections",
            "contacts",
            "attachments",
            "funding_shares",
        )
        keys = [project.pk for project in projects]
        self._imported = ImportedCard.objects.in_bulk(keys) if keys else {}

    def imported(self, project: Project) -> ImportedCard | None:
        """Return what was kept of the project's last text; nothing for a card made by hand."""
        return self._imported.get(project.pk)

    def base_of(self, project: Project) -> Base:
        """Return what the project's text said last."""
        imported = self.imported(project)
        return Base.from_json(imported.values) if imported else Base()

    def find(self, identity: Identity) -> list[Project]:
        """Return the projects that the identity means: at best one, and none for a new card."""
        old_id, name, start = identity
        if old_id and self._by_old_id.get(old_id):
            return self._by_old_id[old_id]
        return [
            project
            for project in self.namesakes(name)
            if not (old_id and old_ids(project)) and _starts(project, start)
        ]

    def namesakes(self, name: str) -> list[Project]:
        """Return the projects that have or have had the name."""
        found = self._by_name.get(name_key(name), [])
        former = (p for slug in self._slugs_of(name) for p in self._by_name.get(slug, []))
        return list(dict.fromkeys([*found, *former]))

    def _slugs_of(self, name: str) -> set[str]:
        """Return the addresses that a project of the name may have; each name is asked often."""
        if name not in self._slugs:
            self._slugs[name] = set(map(name_slug, slug_forms(name))) - {""}
        return self._slugs[name]


def old_ids(project: Project) -> list[str]:
    """Return what the old register called the project."""
    keys = project.external_keys.all()
    return [key.value for key in keys if key.kind == KeyKind.OLD_REGISTER]


def _starts(project: Project, start: date | None) -> bool:
    """Tell whether the project starts on the day, now or by its last text; unknown days fit."""
    now = project.start_date and str(project.start_date)
    known = [day for day in (now, project.said_start) if day]  # type: ignore[attr-defined]
    return start is None or not known or str(start) in known
