"""Picking a record in a form by what people call it: typed, or chosen from suggestions. Works without script.

Where no suggestion was taken, what was typed must name one record alone; otherwise the form tells which ones it could be.
"""

from collections.abc import Callable, Mapping
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from anwei.core.labels import Listing
from anwei.core.search import holding

OFFERED = 8  # suggestions at once
LONGEST = 200


class PickInput(forms.TextInput):
    """A text box whose suggestions come from an address while one types."""

    def __init__(self, suggestions_url: str) -> None:
        super().__init__(attrs={"autocomplete": "off", "maxlength": LONGEST})
        self.suggestions_url = suggestions_url

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """Draw the box with an empty list of suggestions beside it."""
        options = f"{(attrs or {}).get('id', name)}_options"
        live = {"list": options}
        if self.suggestions_url:
            live |= {"hx-get": self.suggestions_url, "hx-trigger": "input changed delay:250ms", "hx-target": f"#{options}"}
        box = super().render(name, value, {**(attrs or {}), **live}, renderer)
        return format_html('{}<datalist id="{}"></datalist>', box, options)


class Pick(forms.CharField):
    """A field that becomes a record. `names` are the fields by which it is named exactly; the first is shown.

    `rows` is what this person may pick from; where the model has a search column, a piece of the name is enough.
    """

    def __init__(self, rows: "QuerySet[Any] | None" = None, *, names: tuple[str, ...] = ("name",), url: str = "", **kwargs: Any) -> None:
        super().__init__(max_length=LONGEST, widget=PickInput(url), **kwargs)
        self.rows, self.names = rows, names

    def prepare_value(self, value: Any) -> Any:
        """Show a record by its first name."""
        return getattr(value, self.names[0]) if isinstance(value, Model) else value

    def clean(self, value: Any) -> Any:
        """Return the record that was named, or None where nothing was typed and nothing is needed.

        :raises ValidationError: nothing has this name, or more than one thing has
        """
        typed = cast(str, super().clean(value))
        if not typed or self.rows is None:
            return None
        by_name = Q()
        for name in self.names:
            by_name |= Q(**{f"{name}__iexact": typed})
        return self._only(self.rows.filter(by_name), typed) or self._only(found_by(self.rows, typed), typed) or self._refuse(typed)

    def _only(self, rows: "QuerySet[Any]", typed: str) -> Any:
        found = list(rows[: OFFERED + 1])
        if len(found) > 1:
            listed = Listing(dict.fromkeys(str(getattr(row, self.names[0])) for row in found[:OFFERED]))
            raise ValidationError(_("“%(typed)s” can be several: %(listed)s. Type more of it.") % {"typed": typed, "listed": listed})
        return found[0] if found else None

    def _refuse(self, typed: str) -> Any:
        raise ValidationError(_("Nothing is called “%(typed)s” here.") % {"typed": typed})


def found_by(rows: "QuerySet[Any]", words: str) -> "QuerySet[Any]":
    """Return the rows that hold all of what was typed, in their search column or in their name."""
    if any(field.name == "search" for field in rows.model._meta.get_fields()):
        return rows.filter(holding(words))
    return rows.filter(name__icontains=words)


def suggestions(request: HttpRequest, rows: "QuerySet[Any]", value: Callable[[Any], str], note: Callable[[Any], str]) -> HttpResponse:
    """Answer what was typed so far with the options of its list; the field's own name carries the words."""
    words = str(next(iter(request.GET.values()), "")).strip()[:LONGEST]
    found = found_by(rows, words)[:OFFERED] if len(words) > 1 else []
    return HttpResponse(format_html_join("", '<option value="{}">{}</option>', ((value(row), note(row)) for row in found)))
