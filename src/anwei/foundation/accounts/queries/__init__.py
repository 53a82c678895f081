"""Who somebody is, and who may do what."""

from anwei.foundation.accounts.queries.actors import actor_for, actor_of_token, public_actor, system_actor, token_of_secret
from anwei.foundation.accounts.queries.matrix import Matrix, matrix
from anwei.foundation.accounts.queries.people import demo_roles, holders_of, name_of, role_choices, role_labels, role_names

__all__ = [
    "Matrix", "actor_for", "actor_of_token", "demo_roles", "holders_of", "matrix", "name_of", "public_actor", "role_choices", "role_labels",
    "role_names", "system_actor", "token_of_secret",
]  # fmt: skip
