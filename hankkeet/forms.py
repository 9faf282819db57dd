"""Form fields for what staff upload."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from hankkeet.uploads import LOGO_SIDE, reencoded_image, validate_image


class PictureField(forms.ImageField):
    """A logo: checked before anything decodes it, then drawn anew and no larger than needed."""

    def to_python(self, data: Any) -> UploadedFile | None:
        """Return the picture drawn anew; Django's own look at it comes too early."""
        file = forms.FileField.to_python(self, data)
        if file is None:
            return None
        validate_image(file)
        return reencoded_image(file, most=LOGO_SIDE)
