"""The registers by which what is low shows or asks what is high, without importing it. Listed in docs/architecture.md.

An app fills them in `AppConfig.ready` through its `registered.py`; after start they are only read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.wall import Walled

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Panel:
    """A fragment of another app's page: loaded by htmx from the owner's own view, with the owner's own rights."""

    slot: str  # "devices.device", "orders.order", "organisations.organisation" …
    title: Text
    url_name: str  # takes the record's id
    right: str
    order: int = 100


MENU_GROUPS: Mapping[str, Text] = {
    "today": _("Today"),
    "equipment": _("Equipment"),
    "parts": _("Parts"),
    "money": _("Money"),
    "data": _("Data"),
    "system": _("System"),
}


@dataclass(frozen=True, slots=True)
class Papers:
    """What another app keeps about a record and hands over with it, as plain data: a device takes its service records along."""

    slot: str  # "devices.device"
    key: str  # "service_records"
    of: Callable[[UUID], Iterable[Mapping[str, Any]]]
    label: Text = ""


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A place in the side menu; shown to who holds the right."""

    group: str  # a key of MENU_GROUPS
    label: Text
    url_name: str
    icon: str
    right: str
    order: int = 100
    count: Callable[[Actor], int] | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """The first page of a role; the lowest order among one's roles wins."""

    role: str
    url_name: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class Invariant:
    """Something that must always hold; the check returns the rows that break it (empty: it holds)."""

    name: str
    label: Text
    broken: Callable[[], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class Searchable:
    """A kind of record that the one search box finds."""

    kind: str
    label: Text
    icon: str
    right: str
    find: Callable[[Actor, "SearchTerms", int], Iterable["Hit"]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class SearchTerms:
    """What was typed, as `core.search` understands it."""

    text: str
    query: str  # a tsquery of bigrams, initials and serial tails, ready for `to_tsquery('simple', …)`


@dataclass(frozen=True, slots=True)
class Hit:
    title: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a collection shows; `right` hides it from those without."""

    name: str
    kind: type
    right: str = ""
    source: str = ""  # the ORM path, if it differs from the name


@dataclass(frozen=True, slots=True)
class Resource:
    """What the API and the command line may read of a model: one collection."""

    collection: str  # "devices": /api/v1/devices
    model: type[models.Model]
    right: str
    fields: Sequence[Field]
    filters: Sequence[str] = ()  # ORM paths offered as exact filters, each backed by an index
    changed: str = "changed_at"  # for updated_since
    where: Callable[[Actor], models.QuerySet[Any]] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """A kind of record that a grant may name: a branch, a hospital … `find` answers what was typed, `names` the rows granted."""

    kind: str
    label: Text
    find: Callable[[Actor, str], Sequence[tuple[UUID, str]]]
    names: Callable[[Sequence[UUID]], Mapping[UUID, str]]


class DefinitionKind(Protocol):
    """A kind of versioned rule. `check` returns sentences that name place and reason; none means it may be published."""

    key: str

    @property
    def label(self) -> Text: ...

    def check(self, body: Mapping[str, Any]) -> Sequence[str]: ...


Body = Mapping[str, Any]
# (last shipped, the company's own, newly shipped) → the company's own with what was shipped since
Merge = Callable[[Body, Body, Body], dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Fact:
    """A typed fact about a record that guards of a flow may use."""

    name: str
    kind: type
    value: Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Effect:
    """Something a transition may do, in the same transaction; `run` takes the moment of the step."""

    name: str
    run: Callable[..., None]


@dataclass(frozen=True, slots=True)
class Story:
    """A follower's or timeline's words for what a deed did: "orders.order.arrived" → icon, colour, sentence.

    `repeats`: said many times over while one thing is done, as each reading of a checklist is; a story folds these.
    """

    word: str
    label: Text
    icon: str = "trail"
    colour: str = "blue"
    repeats: bool = False


@dataclass(frozen=True, slots=True)
class Followed:
    """A finished deed, as a follower is told of it: `words[i]` says what was done to the record `touches[i]`."""

    id: UUID
    verb: str
    at: datetime  # when it happened
    received: datetime  # when it was written
    touches: tuple[str, ...]  # "stock.Reservation:0192…"
    words: tuple[str, ...]

    def records(self, word: str) -> list[UUID]:
        """Return the keys of the records to which a word was done."""
        return [UUID(touched.partition(":")[2]) for touched, said in zip(self.touches, self.words, strict=True) if said == word]


@dataclass(frozen=True, slots=True)
class Follower:
    """What a high app does after deeds of a low one. `run` stands in a deed of its own and calls operations of its app.

    It is told of every finished deed that says one of the words, in order for each record, perhaps late, and takes effect once.
    """

    name: str  # "orders.wake_waiting"
    words: frozenset[str]
    run: Callable[[Actor, Followed], None]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Records that belong to the story of another: an order's visits, its settlement, its invoices."""

    of: str  # "orders.WorkOrder"
    records: Callable[[UUID], Iterable[tuple[str, UUID]]]  # ("visits.Visit", id)


@dataclass(slots=True)
class Registers:
    """All registers of one running system."""

    panels: list[Panel] = field(default_factory=list)
    papers: list[Papers] = field(default_factory=list)
    menu: list[MenuEntry] = field(default_factory=list)
    homes: list[Home] = field(default_factory=list)
    invariants: list[Invariant] = field(default_factory=list)
    searchables: list[Searchable] = field(default_factory=list)
    resources: dict[str, Resource] = field(default_factory=dict)
    scopes: dict[str, Scope] = field(default_factory=dict)
    definition_kinds: dict[str, DefinitionKind] = field(default_factory=dict)
    merges: dict[str, Merge] = field(default_factory=dict)  # kind of definition → how an upgrade enters a company's own version
    facts: dict[str, Fact] = field(default_factory=dict)
    effects: dict[str, Effect] = field(default_factory=dict)
    stories: dict[str, Story] = field(default_factory=dict)
    chapters: list[Chapter] = field(default_factory=list)
    followers: list[Follower] = field(default_factory=list)
    commands: dict[str, Callable[..., Any]] = field(default_factory=dict)
    file_owners: list[Callable[[Actor, UUID], bool]] = field(default_factory=list)  # may this actor see a record that keeps the file?
    walled: list[Walled] = field(default_factory=list)  # what the login `outside` may read; no table else
    links: dict[str, Callable[[UUID], str]] = field(default_factory=dict)  # model label → page of a record

    def resource_of(self, model: type[models.Model]) -> Resource | None:
        """Return the collection that shows a model."""
        return next((r for r in self.resources.values() if r.model is model), None)

    def story_of(self, label: str, id: UUID) -> list[tuple[str, UUID]]:
        """Return a record with all those that belong to its story, each as its model's label and its key."""
        return [(label, id), *(record for c in self.chapters if c.of == label for record in c.records(id))]

    def panels_for(self, slot: str, actor: Actor) -> list[Panel]:
        """Return the panels of a page that this actor may see, in order."""
        return sorted((p for p in self.panels if p.slot == slot and actor.may(p.right)), key=lambda p: p.order)


registers = Registers()
