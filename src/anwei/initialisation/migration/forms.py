from django import forms
from django.utils.translation import gettext_lazy as _

from anwei.initialisation.migration.loaders import LOADERS


class UploadForm(forms.Form):
    """Which data, and the file."""

    kind = forms.ChoiceField(label=_("What the file holds"), choices=[(key, loader.label) for key, loader in LOADERS.items()])
    file = forms.FileField(label=_("File: csv, xlsx or xls"), max_length=200)
