"""Installing the trail: schema, functions, rights, and one trigger on every business table. Runs as the owner."""

from pathlib import Path

from django.apps import apps
from django.db import connection, models

SQL = Path(__file__).parent / "sql"

# Tables that hold nothing of the business, each with its reason; a test holds this list against the database.
EXEMPT: dict[str, str] = {
    "django_migrations": "the schema's own history, written by the owner alone",
    "django_content_type": "made by migrations, names of tables",
    "django_session": "delivery state of a browser",
    "accounts_tokenuse": "when a key was last used, like last_login",
    "accounts_bucket": "how often somebody called lately, gone after a crash",
    "audit_cursor": "how far each follower of the trail has come",
    "audit_owed": "deeds that a follower tries again, or that were set aside",
    "auth_permission": "unused table of the login library",
    "auth_group": "unused table of the login library",
    "auth_group_permissions": "unused table of the login library",
}
EXEMPT_PREFIXES: dict[str, str] = {
    "procrastinate_": "the job queue",
    "axes_": "throttling of logins",
}
# Columns that never enter the trail, wherever they stand.
UNTRACED = ("search", "password", "last_login", "secret_hash")


def is_exempt(table: str) -> bool:
    """Say whether a table stands outside the trail."""
    return table in EXEMPT or table.startswith(tuple(EXEMPT_PREFIXES))


def business_models() -> list[type[models.Model]]:
    """Return every model whose table the trail follows, auto-made link tables included."""
    return [
        m for m in apps.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy and not is_exempt(m._meta.db_table)
    ]


def run_sql(name: str) -> None:
    """Run one file of `sql/`."""
    with connection.cursor() as cursor:
        cursor.execute((SQL / name).read_text())


def before_migrate() -> None:
    """Set the rights of each login before the first table is made."""
    run_sql("00_logins.sql")


def after_migrate() -> None:
    """Make the trail and put its trigger on every business table."""
    for name in ("10_tables.sql", "20_functions.sql", "30_rights.sql"):
        run_sql(name)
    with connection.cursor() as cursor:
        cursor.execute("select trail.make_partitions(18)")
        for model in business_models():
            cursor.execute(trigger_sql(model))
        cursor.execute("grant select on django_migrations to anwei_app")


def trigger_arguments(model: type[models.Model]) -> tuple[str, str, str]:
    """Return what the trail's trigger is told of a table: untraced columns, columns with personal data, the key's column.

    `personal` on the model names its columns with personal data.

    :raises ValueError: it names a column that is not there
    """
    columns = {f.column for f in model._meta.local_concrete_fields}
    personal: tuple[str, ...] = tuple(getattr(model, "personal", ()))
    if unknown := set(personal) - columns:
        raise ValueError(f"{model._meta.label}.personal names no column: {sorted(unknown)}")
    untraced, key = [c for c in UNTRACED if c in columns], model._meta.pk.column
    assert key
    return "{" + ",".join(untraced) + "}", "{" + ",".join(personal) + "}", key


def trigger_sql(model: type[models.Model]) -> str:
    """Return the statements that put the trail on one table."""
    table = model._meta.db_table
    arguments = ", ".join(f"'{argument}'" for argument in trigger_arguments(model))
    return f"""
        create or replace trigger trail after insert or update or delete on "{table}" for each row
            execute function trail.capture({arguments});
        create or replace trigger trail_no_truncate before truncate on "{table}" execute function trail.refuse_truncate();
    """
