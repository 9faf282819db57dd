"""The list's filters as form fields: several values each, and those that make sense are kept."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from hankkeet.models import Publication
from sivusto.search.selection import FIRST_YEAR, LAST_YEAR

MOST_VALUES = 50  # of one filter; nobody ticks more by hand


@dataclass(frozen=True)
class Choice:
    """A chosen value: as the address has it, and as people read it."""

    value: str
    label: str

    def __str__(self) -> str:
        return self.label


class ChoicesField(forms.Field):
    """Any of several values; a subclass says what each one means."""

    widget = forms.CheckboxSelectMultiple
    unknown: Any = _("Rajausta ”%(value)s” ei ole. Valitse luettelosta.")

    def clean(self, value: Any) -> list[Choice]:
        """Return the choices in their order, each once; refuse what means nothing."""
        typed = _distinct(value)
        known = self.meanings(typed[:MOST_VALUES])
        wrong = [text for text in typed[:MOST_VALUES] if text not in known]
        errors = [str(self.unknown % {"value": text[:100]}) for text in wrong]
        if len(typed) > MOST_VALUES:
            errors.append(str(_("Valitse enintään %(n)s arvoa.") % {"n": MOST_VALUES}))
        if errors:
            raise ValidationError(errors)
        return list(dict.fromkeys(known[text] for text in typed))

    def kept(self, value: Any) -> list[Choice]:
        """Return those that clean() does not refuse."""
        return list(dict.fromkeys(self.meanings(_distinct(value)[:MOST_VALUES]).values()))

    def meanings(self, values: Sequence[str]) -> dict[str, Choice]:
        """Return the choice that each value means, of those that mean something."""
        raise NotImplementedError


class WordsField(ChoicesField):
    """Words of the address with their labels."""

    def __init__(self, *, words: Mapping[str, Any], unknown: Any = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.words = words
        self.unknown = unknown or self.unknown

    def meanings(self, values: Sequence[str]) -> dict[str, Choice]:
        """Look each word up."""
        return {word: Choice(word, str(self.words[word])) for word in values if word in self.words}


class SlugsField(ChoicesField):
    """Things by the slugs that they have or have had."""

    def __init__(self, *, things: Callable[[], QuerySet[Any]], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.things = things

    def meanings(self, values: Sequence[str]) -> dict[str, Choice]:
        """Find the things in one query; a slug that two have had means the one that has it now."""
        if not values:
            return {}
        wanted = Q(slug__in=values) | Q(former_slugs__overlap=list(values))
        now: dict[str, Choice] = {}
        before: dict[str, Choice] = {}
        for slug, former, name in (
            self.things().filter(wanted).values_list("slug", "former_slugs", "name")
        ):
            now[slug] = Choice(slug, name)
            before |= dict.fromkeys(former, now[slug])
        return {value: (before | now)[value] for value in values if value in before | now}


class YearsField(ChoicesField):
    """Years in four figures."""

    unknown = _("Kirjoita vuosi numeroin väliltä 1990–2100, esimerkiksi 2024, eikä ”%(value)s”.")

    def meanings(self, values: Sequence[str]) -> dict[str, Choice]:
        """Take whole numbers within the limits."""
        years = {v: int(v) for v in values if v.isascii() and v.isdigit() and len(v) == 4}
        return {
            typed: Choice(str(year), str(year))
            for typed, year in years.items()
            if FIRST_YEAR <= year <= LAST_YEAR
        }


class SelectionForm(forms.Form):
    """Keeps of each filter what makes sense, and tells of the rest."""

    def clean(self) -> dict[str, Any]:
        """Put back the values that stand beside refused ones."""
        for name in self.errors:
            if isinstance(field := self.fields.get(name), ChoicesField):
                self.cleaned_data[name] = field.kept(self[name].data)
        return self.cleaned_data


def taking_part(model: Any, to_projects: str) -> Callable[[], QuerySet[Any]]:
    """Ask for those who take part in a public project; the others are nobody's to know."""
    public = {f"{to_projects}__publication": Publication.PUBLISHED}

    def things() -> QuerySet[Any]:
        found: QuerySet[Any] = model.objects.filter(
            pk__in=model.objects.filter(**public).values("pk")
        )
        return found

    return things


def _distinct(value: Any) -> list[str]:
    return list(dict.fromkeys(text for text in value or () if text))
