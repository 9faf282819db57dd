"""Fields and expressions that every noun above may use."""

import re
from functools import lru_cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.text import slugify

SLUG_LENGTH = 120


@lru_cache(maxsize=4096)
def name_slug(name: str) -> str:
    """Return the address part that a name gives, "" where it has no letter of an address."""
    return slugify(re.sub("[–—/]", "-", name))[:SLUG_LENGTH].strip("-")


class FinnishOrder(models.Func):
    """Order text as Finnish does (å, ä, ö last), whatever the server's locale.

    The three letters become the three characters that follow z in ASCII.
    """

    function = "TRANSLATE"
    template = "LOWER(%(function)s(%(expressions)s, 'ÅÄÖåäö', '{|}{|}')) COLLATE \"C\""
    output_field = models.TextField()


class FormerSlugsField(ArrayField):
    """The addresses a thing has had before, so that none of them ever stops working."""

    def __init__(self, **kwargs: Any) -> None:
        fixed: dict[str, Any] = {
            "base_field": models.SlugField(max_length=SLUG_LENGTH),
            "default": list,
            "editable": False,
            "blank": True,
        }
        super().__init__(**kwargs | fixed)

    def deconstruct(self) -> Any:
        """Keep the field's fixed arguments out of migrations."""
        name, path, args, kwargs = super().deconstruct()
        for key in ("base_field", "default", "editable", "blank"):
            kwargs.pop(key, None)
        return name, path, args, kwargs


class NameSlugField(models.SlugField):
    """An address part made from the name at every save; the old one moves to ``former_slugs``.

    The model declares ``former_slugs`` after this field, since columns are prepared in order.
    A unique slug gets a number when its name's slug is taken. ``update_fields`` without the slug
    leaves it as it was.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"max_length": SLUG_LENGTH, "editable": False, "blank": True})

    def deconstruct(self) -> Any:
        """Keep the field's fixed arguments out of migrations."""
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "editable", "blank"):
            kwargs.pop(key, None)
        return name, path, args, kwargs

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """Return the slug of the present name, remembering the one it replaces."""
        old = getattr(model_instance, self.attname)
        new = name_slug(model_instance.name) or "nimeton"  # type: ignore[attr-defined]
        if self.unique:
            new = self._free(model_instance, new)
        if old and old != new and old not in model_instance.former_slugs:  # type: ignore[attr-defined]
            model_instance.former_slugs = [*model_instance.former_slugs, old]  # type: ignore[attr-defined]
        setattr(model_instance, self.attname, new)
        return new

    def _free(self, instance: models.Model, wanted: str) -> str:
        others = type(instance)._default_manager.exclude(pk=instance.pk)
        taken = set(others.filter(slug__startswith=wanted).values_list("slug", flat=True))
        number, free = 2, wanted
        while free in taken:
            free, number = f"{wanted[: self.max_length - 5]}-{number}", number + 1  # type: ignore[operator]
        return free


@models.Field.register_lookup
class AnyOf(models.Lookup):
    """Equality with any of a list, as `in`, but sent as one parameter however long the list."""

    lookup_name = "any_of"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """Return the condition and its parameters."""
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s)", [*params, list(self.rhs)]


class AddressedQuerySet(models.QuerySet[Any]):
    """Rows found by the address they have or have had."""

    def at_address(self, slug: str) -> models.QuerySet[Any]:
        """Keep those whose slug this is or was; the one that has it now comes first."""
        return self.filter(models.Q(slug=slug) | models.Q(former_slugs__contains=[slug])).order_by(
            models.Case(models.When(slug=slug, then=0), default=1), "-pk"
        )


class WebAddressField(models.URLField):
    """A web address; one written without its beginning is taken for https."""

    def deconstruct(self) -> Any:
        """Be a plain address in migrations, which only the form differs from."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs

    def formfield(self, **kwargs: Any) -> Any:
        """Ask for the address in a form that assumes https."""
        return super().formfield(**{"assume_scheme": "https"} | kwargs)
