"""Tables: keys point down, every table says what a row is, every filter has an index, migrations have names."""

import ast
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, models

from anwei.core.registers import registers
from tests.architecture.tree import SOURCE, hand_written, is_test, name_of, syntax

RELATIONS = {"ForeignKey", "OneToOneField", "ManyToManyField"}


def ours() -> list[type[models.Model]]:
    return [m for m in apps.get_models() if m.__module__.startswith("anwei.")]


def test_foreign_keys_point_down() -> None:
    height = {
        config.label: settings.INSTALLED_APPS.index(config.name) for config in apps.get_app_configs() if config.name.startswith("anwei.")
    }
    keys = [(m, f, to) for m in ours() for f in m._meta.get_fields() if f.concrete and f.is_relation and (to := f.related_model)]
    assert keys
    up = [f"{m._meta.label}.{f.name}" for m, f, to in keys if height[m._meta.app_label] < height.get(to._meta.app_label, -1)]
    assert not up


def test_a_foreign_key_names_its_table_by_class_not_by_text() -> None:
    calls = [
        (path, node)
        for path in hand_written(".py")
        if not is_test(path)
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RELATIONS and node.args
    ]
    assert calls
    by_text = [f"{name_of(p)}:{n.lineno}" for p, n in calls if isinstance(n.args[0], ast.Constant) and n.args[0].value != "self"]
    assert not by_text


def test_every_model_says_what_a_row_is() -> None:
    automatic = re.compile(r"^\w+\([^)]*\)$")
    assert not [m._meta.label for m in ours() if not m.__doc__ or automatic.match(m.__doc__)]


def test_no_migration_has_a_name_made_by_the_machine() -> None:
    names = [p for p in SOURCE.rglob("migrations/*.py") if p.stem != "__init__"]
    assert names
    assert not [name_of(p) for p in names if re.search(r"_auto_|_initial$|_and_more$|^\d{4}_alter_|_\d{8}", p.stem)]


@pytest.mark.django_db
def test_every_filter_offered_is_backed_by_an_index() -> None:
    filters = [(r, name) for r in registers.resources.values() for name in (*r.filters, r.changed)]
    assert filters
    assert not [f"{r.collection}?{name}" for r, name in filters if not _is_indexed(r.model, name)]


def _is_indexed(model: type[models.Model], path: str) -> bool:
    """Look each step of a path up in the database: its column must lead some index of its table."""
    for part in path.split("__"):
        field = model._meta.get_field(part)
        column = getattr(field, "column", None)
        if column is None or column not in _leading_columns(model._meta.db_table):
            return False
        model = field.related_model or model
    return True


def _leading_columns(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("set local search_path to public, trail")  # the trail's tables have a schema of their own
        found = connection.introspection.get_constraints(cursor, table.rpartition('"')[2]).values()
    return {c["columns"][0] for c in found if c["columns"] and (c["index"] or c["unique"] or c["primary_key"])}
