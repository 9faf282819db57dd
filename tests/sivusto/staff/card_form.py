"""What somebody types into the form of a card, and the files that she chooses."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from tests.sivusto.staff.helpers import filled_in

ADD = "admin:hankkeet_project_add"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def pdf(name="Loppuraportti 2024.pdf"):
    return SimpleUploadedFile(name, PDF)


def png(name="logo.png"):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, "PNG")
    return SimpleUploadedFile(name, out.getvalue())


def add(client, **fields):
    return client.post(reverse(ADD), filled_in(client.get(reverse(ADD)), **fields))


def change(client, project, **fields):
    address = reverse("admin:hankkeet_project_change", args=[project.pk])
    return client.post(address, filled_in(client.get(address), **fields))


def rows(prefix, count, initial=0):
    return {f"{prefix}-TOTAL_FORMS": count, f"{prefix}-INITIAL_FORMS": initial}


def files_in(folder):
    return [path for path in folder.rglob("*") if path.is_file()]
