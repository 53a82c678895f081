"""The list page and the addresses that the tests use."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import path

from anwei.core import lists


class SpecimenList(lists.ListPage):
    """Every kind of column, filter and view once."""

    name = "specimens"
    sort = "rank"
    size = 3
    link = lists.RowLink("specimen")
    search = lists.Search(where=lists.contains("name"))
    columns = [
        lists.Column("name", "Name", lists.named("name", "id"), ("name",), "name"),
        lists.Column("group", "Group", lists.text("group"), ("group",)),
        lists.Column("rank", "Rank", lists.amount("rank", None), ("rank",), "number"),
        lists.Column("seen", "Seen", lists.moment("seen"), ("seen", "rank")),
        lists.Column("price", "Price", lists.amount("price"), (), "number", hidden=True),
    ]
    filters = [
        lists.Choice(key="group", label="Group", field="group", choices=[("a", "Ay"), ("b", "Bee"), ("c", "Cee")]),
        lists.DateRange(key="seen", label="Seen", field="seen"),
        lists.DateRange(key="day", label="Day", field="day", days=True),
        lists.Flag(key="good", label="Good", yes=Q(good=True)),
        lists.Foreign(key="one", label="One", field="id", label_of=lambda value: "the one" if int(value) == 1 else None),
    ]
    views = [
        lists.SavedView("all", "All", counted=True),
        lists.SavedView("good", "Good", Q(good=True), counted=True, hot=True),
        lists.SavedView("ranked", "Ranked", lambda: Q(rank__isnull=False)),
    ]
    bulk = [lists.BulkAction("Bless", "/bless/", "done", confirm="Sure?")]


def _page(request: HttpRequest, pk: int) -> HttpResponse:
    return HttpResponse()


urlpatterns = [path("specimen/<int:pk>/open/", _page, name="specimen"), path("login/", _page, {"pk": 1}, name="login")]
