"""Who somebody is, and who may do what."""

from anwei.foundation.accounts.queries.actors import actor_for, actor_of_token, public_actor, system_actor, token_of_secret

__all__ = ["actor_for", "actor_of_token", "public_actor", "system_actor", "token_of_secret"]
