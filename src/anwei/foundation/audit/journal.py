"""The journal port fulfilled: deeds enter the trail through two SQL functions."""

import orjson
from django.db import connection

from anwei.core.errors import RequestReused
from anwei.core.operation import Answer, Running


class TrailJournal:
    """Writes deeds into the schema `trail` in the transaction of the deed itself."""

    def open(self, running: Running) -> Answer | None:
        """Take the request id under an advisory lock and return the stored first answer, if any.

        :raises RequestReused: the id was used with another body
        """
        with connection.cursor() as cursor:
            cursor.execute("select * from trail.open(%s, %s, %s)", [running.id, running.actor.key, running.request_id])
            stored = cursor.fetchone()
        if stored is None:
            return None
        deed, body_hash, status, answer = stored
        if bytes(body_hash) != running.body_hash:
            raise RequestReused
        return Answer(status, orjson.loads(answer) if isinstance(answer, str) else answer, deed, replayed=True)

    def close(self, running: Running, outcome: str, status: int, body: object, detail: str) -> None:
        """Write the deed as the last row of its transaction."""
        actor, records = running.actor, running.records if outcome == "done" else []
        deed = {
            "id": running.id,
            "at": running.at,
            "verb": running.verb,
            "actor": actor.id,
            "actor_key": actor.key,
            "actor_name": actor.name,
            "approved_by": actor.approved_by,
            "door": actor.door,
            "reason": actor.reason,
            "request": running.request_id,
            "batch": running.batch,
            "subject": records[0].subject if records else "",
            "touches": [r.subject for r in records],
            "words": [r.word for r in records],
            "outcome": outcome,
            "refusal": detail,
            "status": status,
            "answer": body,
        }
        with connection.cursor() as cursor:
            cursor.execute("select trail.close(%s::jsonb, %s)", [orjson.dumps(deed).decode(), running.body_hash])
