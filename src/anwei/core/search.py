"""One search for everything: short pieces of Chinese, pinyin initials, any piece of a serial number.

Text is cut into n-grams kept in a `tsvector` (measured: bigrams find every two-character word, where a word splitter gives wrong
answers, and need no database extension). A query is the conjunction of its own pieces.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db import models
from django.db.models import Func, Value

from anwei.core.registers import SearchTerms

RUN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+|[a-z0-9]+")
IGNORED = re.compile(r"[\s\-_./·•()\[\]（）【】]+")
LONGEST = 60


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _is_chinese(run: str) -> bool:
    return run[0] >= "\u3400"


def _grams(run: str, size: int) -> Iterable[str]:
    return (run[i : i + size] for i in range(len(run) - size + 1)) if len(run) > size else (run,)


@lru_cache(maxsize=20_000)
def _initials(run: str) -> str:
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a third of a second: only where something is written

    return "".join(p[0] for p in lazy_pinyin(run, style=Style.FIRST_LETTER) if p)


def index_tokens(texts: Iterable[str]) -> list[str]:
    """Return the pieces under which texts are found."""
    tokens: set[str] = set()
    for text in texts:
        plain = _plain(text)
        for run in RUN.findall(plain):
            if _is_chinese(run):
                tokens.update(_grams(run, 2))
                _add_latin(tokens, _initials(run))
        for word in RUN.findall(IGNORED.sub("", plain)):
            if not _is_chinese(word):
                _add_latin(tokens, word)
    return sorted(tokens)


def _add_latin(tokens: set[str], word: str) -> None:
    word = word[:LONGEST]
    tokens.update(_grams(word, 2))
    tokens.update(_grams(word, 3))


def terms(text: str) -> SearchTerms:
    """Return what was typed as a query; empty if nothing in it can be searched."""
    plain = _plain(text.strip())[:LONGEST]
    pieces: list[str] = []
    for run in RUN.findall(IGNORED.sub("", plain) if not any(_is_chinese(r) for r in RUN.findall(plain)) else plain):
        size = 2 if _is_chinese(run) else 3
        grams = list(_grams(run, size))
        pieces += [f"{g}:*" if len(g) < 2 else g for g in grams]
    return SearchTerms(text=text, query=" & ".join(dict.fromkeys(pieces)))


class SearchField(SearchVectorField):  # type: ignore[type-arg]
    """A stored search column, filled from the row's own `search_texts()` whenever the row is saved."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **({"editable": False, "null": True} | kwargs))

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        return Func(Value(index_tokens(t for t in model_instance.search_texts() if t)), function="array_to_tsvector")  # type: ignore[attr-defined]


class _Pieces(SearchQuery):
    """A query that is cut already: it must not be cut again by the database's own word splitter."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, query: str) -> None:
        super().__init__(query, search_type="raw")


def holding(text: str) -> models.Q:
    """Return the condition that the row's search column holds every piece of what was typed; nothing typed finds nothing."""
    found = terms(text)
    return models.Q(search=_Pieces(found.query)) if found.query else models.Q(pk__in=[])


def matching(rows: models.QuerySet[Any], found: SearchTerms) -> models.QuerySet[Any]:
    """Return the rows whose search column holds every piece of what was typed."""
    if not found.query:
        return rows.none()
    return rows.extra(where=[f'"{rows.model._meta.db_table}"."search" @@ %s::tsquery'], params=[found.query])  # noqa: S610  the table name is ours
