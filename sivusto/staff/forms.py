"""The forms of a card: the project and each kind of row that belongs to it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hankkeet.forms import PictureField
from hankkeet.models import Attachment, Contact, Logo, Project, Result, Section
from hankkeet.models.relations import LOOP, later_than
from hankkeet.uploads import is_image_name, reencoded_image, shown_name, validate_document
from rahoitus.models import FundingShare
from sivusto.staff.editor import RichTextFormField
from sivusto.staff.fields import EuroField, FinnishDateField, PercentField
from sivusto.staff.site import programme_label

LAST_PLACE = 32_767  # the column's largest number


class ProjectForm(forms.ModelForm):
    """The facts of a project."""

    change_reason = forms.CharField(
        label=_("Muutoksen perustelu"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_(
            "Vapaaehtoinen. Näkyy kortin julkisessa muutoshistoriassa, esimerkiksi ”Jatkoaika "
            "myönnetty 12.5.2015”. Älä kirjoita tähän henkilötietoja."
        ),
    )

    class Meta:
        model = Project
        fields = "__all__"  # noqa: DJ007 the admin's fieldsets name the fields
        field_classes = {
            "planned_start_date": FinnishDateField,
            "planned_end_date": FinnishDateField,
            "actual_start_date": FinnishDateField,
            "actual_end_date": FinnishDateField,
            "planned_cost": EuroField,
            "actual_cost": EuroField,
        }
        help_texts = {
            "name": _("Hankkeen virallinen nimi niin kuin se on päätöksessä."),
            "project_type": _("Kenen hanke on."),
            "portfolios": _("Yksi tai useampia. Ala kirjoittaa salkun nimeä."),
            "phase": _("Missä työ on menossa. Ei muutu itsestään, kun päivämäärä ohitetaan."),
            "planned_start_date": _("Esimerkiksi 1.4.2013."),
            "actual_start_date": _("Täytä, kun hanke on alkanut. Kortilla näkyy tämä päivä."),
            "actual_end_date": _("Täytä, kun hanke on päättynyt."),
            "planned_cost": _("Koko hankkeen kustannusarvio, esimerkiksi 189 247 tai 1 500,50."),
            "actual_cost": _("Täytä, kun lopulliset kustannukset ovat tiedossa."),
            "managers": _(
                "Muokkaavat korttia ja lähettävät sen tarkastettavaksi. Ala kirjoittaa nimeä."
            ),
            "parent": _("Täytä, jos tämä on toisen hankkeen osahanke. Ala kirjoittaa nimeä."),
        }

    def _get_validation_exclusions(self) -> set[str]:
        """Judge the computed dates as well, which no form shows: the database does."""
        computed = {field.name for field in Project._meta.concrete_fields if field.generated}
        return super()._get_validation_exclusions() - computed  # type: ignore[misc,no-any-return]


class PositionForm(forms.ModelForm):
    """A row with a place in an order; one left without goes last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["position"].required = False
        if self.instance.pk is None:
            self.fields["position"].initial = None


class PositionFormSet(forms.BaseInlineFormSet):
    """Rows in an order."""

    def clean(self) -> None:
        """Give a place after the others to each row that has none."""
        super().clean()
        rows = [form for form in self.forms if form.is_valid() and form.has_changed()]
        places = [form.instance.position for form in self.forms if form.instance.position]
        last = max(places, default=0)
        for form in rows:
            if form.instance.position is None:
                last = min(last + 1, LAST_PLACE)
                form.instance.position = last


class SuccessorFormSet(forms.BaseInlineFormSet):
    """What carries a project on, held against what the same form says that it carries on."""

    def clean(self) -> None:
        """Refuse a chain that comes back through two new links; each link looks at old ones."""
        super().clean()
        earlier = {
            int(value)
            for name, value in self.data.items()
            if re.fullmatch(r"origins-\d+-predecessor", name) and value.isdecimal()
            if name.replace("predecessor", "DELETE") not in self.data
        }
        for form in self.forms:
            chosen = form.cleaned_data.get("successor") if form.is_valid() else None
            if chosen and not form.cleaned_data.get("DELETE") and earlier & later_than(chosen.pk):
                form.add_error("successor", ValidationError(LOOP, code="loop"))


class SectionForm(PositionForm):
    """A part of the summary."""

    class Meta:
        model = Section
        fields = ["kind", "heading", "body", "position"]
        field_classes = {"body": RichTextFormField}
        help_texts = {
            "kind": _("Mistä osa kertoo."),
            "heading": _("Jos otsikko on tyhjä, kortilla näkyy aihe."),
            "position": _("Tyhjä: viimeiseksi."),
        }


class FundingShareForm(PositionForm):
    """What one funder pays."""

    class Meta:
        model = FundingShare
        fields = [
            "funder",
            "programme",
            "amount",
            "percent",
            "kind",
            "stage",
            "is_declared",
            "is_proposal",
            "position",
        ]
        field_classes = {"amount": EuroField, "percent": PercentField}
        help_texts = {
            "funder": _("Ala kirjoittaa nimeä tai lyhennettä. Uuden voi lisätä plussasta."),
            "programme": _("Vain, jos raha tulee rahoittajan ohjelmasta."),
            "amount": _("Esimerkiksi 333 145 tai 1 500,50."),
            "percent": _("Esimerkiksi 75 tai 12,5."),
            "is_declared": _("Näytetään kortin Rahoittajat-kentässä."),
            "is_proposal": _(
                "Luku on poimittu tekstistä. Ota rasti pois, kun olet tarkistanut luvun."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        programme = self.fields.get("programme")
        if isinstance(programme, forms.ModelChoiceField):
            self.fields["funder"].required = False
            programme.label_from_instance = programme_label  # type: ignore[method-assign,assignment]

    def clean(self) -> dict[str, Any]:
        """Take the funder from the programme if only that was chosen."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("funder") and data.get("programme"):
            data["funder"] = data["programme"].funder
        if not data.get("funder") and "funder" not in self.errors and not data.get("DELETE"):
            self.add_error("funder", ValidationError(_("Valitse rahoittaja."), code="required"))
        return data


class ContactForm(PositionForm):
    """A role in a unit, and who has it."""

    class Meta:
        model = Contact
        fields = [
            "role",
            "unit",
            "unit_email",
            "person_name",
            "phone",
            "email",
            "share_percent",
            "start_date",
            "end_date",
            "visibility",
            "position",
        ]
        field_classes = {
            "share_percent": PercentField,
            "start_date": FinnishDateField,
            "end_date": FinnishDateField,
        }
        help_texts = {
            "role": _("Esimerkiksi projektipäällikkö."),
            "unit": _("Esimerkiksi hyvinvointipalvelut."),
            "email": _("Voi olla myös muodossa etunimi.sukunimi(at)kunta.fi."),
            "visibility": _("Mitä kuka tahansa näkee kortilla. Muu jää ylläpidon tiedoksi."),
        }


class AttachmentForm(PositionForm):
    """A link or a file."""

    class Meta:
        model = Attachment
        fields = [
            "title",
            "url",
            "file",
            "file_name",
            "kind",
            "language",
            "document_date",
            "accessibility",
            "is_hidden",
            "position",
        ]
        field_classes = {"document_date": FinnishDateField}
        help_texts = {
            "title": _("Mikä asiakirja tai sivu on. Tyhjänä siksi tulee tiedoston nimi."),
            "url": _("Koko osoite, esimerkiksi https://www.example.fi/. Joko linkki tai tiedosto."),
            "file_name": _("Nimi, jolla tiedosto ladataan. Tyhjänä siksi tulee oma nimi."),
            "accessibility": _(
                "Näkyy kortilla. Vapautettu on vain tiedosto, joka julkaistiin ennen 23.9.2018."
            ),
            "is_hidden": _("Liite ei näy kortilla."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "title" in self.fields:
            self.fields["title"].required = False

    def clean_file(self) -> Any:
        """Return the upload; a picture is drawn anew, so that it brings nothing along."""
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        validate_document(file)
        return reencoded_image(file) if is_image_name(file.name or "") else file

    def clean(self) -> dict[str, Any]:
        """Fill in what an upload tells of itself."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        file = data.get("file")
        if isinstance(file, UploadedFile):
            self.instance.size = file.size
            if not data.get("file_name") or "file_name" not in self.changed_data:
                data["file_name"] = shown_name(file.name or "")
        elif file is False:  # the file was removed
            self.instance.size = None
            data["file_name"] = ""
        if not data.get("title"):
            data["title"] = (data.get("file_name") or "").rpartition(".")[0]
        if not data["title"] and not data.get("DELETE") and "file" not in self.errors:
            self.add_error("title", ValidationError(_("Anna liitteelle otsikko."), code="required"))
        return data


class LogoForm(PositionForm):
    """A picture that stands for somebody."""

    class Meta:
        model = Logo
        fields = ["image", "alt", "position"]
        field_classes = {"image": PictureField}
        help_texts = {
            "image": _("PNG tai JPEG. Rahoittajan oma logo tulee kortille rahoittajan tiedoista."),
        }


class ResultForm(PositionForm):
    """What the project left behind; whoever changes or confirms a row has told its state today."""

    still_true = forms.BooleanField(
        label=_("Tarkistettu, pitää yhä paikkansa"),
        required=False,
        help_text=_("Rastita, kun olet tarkistanut tilan tänään eikä muuta muuteta."),
    )

    class Meta:
        model = Result
        fields = ["name", "state", "place", "url", "owner", "position"]
        help_texts = {
            "name": _(
                "Esimerkiksi toimintamalli, opas, palvelu tai tila. Jos mitään ei jäänyt, kirjoita "
                "sekin ja valitse tilaksi Päättyi."
            ),
            "place": _("Esimerkiksi Pääkirjasto tai hyvinvointipalvelujen työtila."),
            "url": _("Julkinen verkko-osoite, jos sellainen on."),
            "owner": _("Yksikkö tai organisaatio, ei henkilön nimeä."),
        }

    def save(self, commit: bool = True) -> Any:
        """Note the day on which the state was told."""
        self.instance.answered_on = timezone.localdate()
        return super().save(commit)
