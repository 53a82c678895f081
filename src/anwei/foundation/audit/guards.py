"""Whether the trail's triggers stand on every table, switched on and told the right things."""

from typing import Any, NamedTuple

from django.db import connection

from anwei.foundation.audit.installation import business_models, is_exempt, trigger_arguments

AFTER_ROW, BEFORE_TRUNCATE, BEFORE_ROW_REWRITE = 29, 34, 27  # pg_trigger.tgtype: bits of row, before, insert, delete, update, truncate

STANDING = """
    select n.nspname, c.relname, t.tgname, t.tgfoid::regproc::text, t.tgtype, t.tgenabled::text,
           array_remove(string_to_array(encode(t.tgargs, 'escape'), '\\000'), ''), t.tgqual is null and cardinality(t.tgattr::int2[]) = 0
    from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_trigger t on t.tgrelid = c.oid and not t.tgisinternal
    where n.nspname in ('public', 'trail') and c.relkind in ('r', 'p') and not c.relispartition
"""


class Guard(NamedTuple):
    """What a trigger must be."""

    function: str
    kind: int
    arguments: tuple[str, ...] | None  # None: whatever they are

    def fault(self, standing: tuple[Any, ...] | None) -> str:
        """Say what is wrong with the trigger that stands there; nothing, if it is right."""
        if standing is None:
            return "missing"
        function, kind, enabled, arguments, whole = standing
        if enabled not in ("O", "A"):
            return "disabled"
        if (function, kind, whole) != (self.function, self.kind, True):
            return "not the trail's"
        if self.arguments is not None and tuple(arguments) != self.arguments:
            return "wrong arguments"
        return ""


NO_TRUNCATE = Guard("trail.refuse_truncate", BEFORE_TRUNCATE, None)
NO_REWRITE = Guard("trail.refuse_rewrite", BEFORE_ROW_REWRITE, None)
OWN = {
    **{("trail", table, "no_truncate"): NO_TRUNCATE for table in ("deed", "change", "position", "node", "checkpoint")},
    **{("trail", table, "no_rewrite"): NO_REWRITE for table in ("position", "node", "checkpoint")},
}


def faults() -> list[dict[str, str]]:
    """Return each trigger that is missing, disabled or not as it was installed: table, trigger, fault.

    The database's own list of tables counts: one that no model knows needs its triggers too.
    """
    with connection.cursor() as cursor:
        cursor.execute(STANDING)
        found = cursor.fetchall()
    standing = {(schema, table, name): tuple(rest) for schema, table, name, *rest in found}
    arguments = {m._meta.db_table: trigger_arguments(m) for m in business_models()}
    needed = dict(OWN)
    for table in {table for schema, table, *_ in found if schema == "public" and not is_exempt(table)} | set(arguments):
        needed["public", table, "trail"] = Guard("trail.capture", AFTER_ROW, arguments.get(table))
        needed["public", table, "trail_no_truncate"] = NO_TRUNCATE
    return [
        {"table": table, "trigger": name, "fault": fault}
        for (schema, table, name), guard in sorted(needed.items())
        if (fault := guard.fault(standing.get((schema, table, name))))
    ]
