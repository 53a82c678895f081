"""The jobs of imports."""

import logging
from uuid import UUID

from django.utils import translation

from anwei.core.errors import Refusal
from anwei.core.jobs import AGAIN, app
from anwei.foundation.accounts.models import User
from anwei.foundation.accounts.queries import actor_for
from anwei.initialisation.migration.operations import chunk, load_chunk, put_in, undo_chunk

logger = logging.getLogger(__name__)
DEEDS = {op.verb: op for op in (load_chunk, undo_chunk)}


@app.task(name="migration.work", retry=AGAIN)
def work(verb: str, session: str, user: str) -> None:
    """Do the next chunk of an import with the rights that its user has now, and put in the chunk after it.

    Done twice it does the next chunk twice, which is what is to be done: rows move on by their state.
    """
    person = User.objects.filter(pk=user, is_active=True).first()
    if person is None:
        logger.warning("import %s stands still: its user is gone", session)
        return
    actor = actor_for(person, "import")
    with translation.override(actor.language):  # what is found in a row is kept as it was said
        try:
            left = chunk(DEEDS[verb], actor, UUID(session))
        except Refusal as refusal:  # recorded as a refused deed: nothing is left to do, or the right was taken away
            logger.info("import %s: %s", session, refusal)
            return
    if left:
        put_in(verb, UUID(session), person.pk)
