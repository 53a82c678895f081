from anwei.foundation.accounts.queries import system_actor
from anwei.foundation.branches.models import Branch
from anwei.foundation.branches.operations import open_branch


def make_branch(code: str = "SH", **changed: object) -> Branch:
    """Open a branch."""
    given: dict[str, object] = {"name_zh": f"{code}分公司", "name_en": f"{code} branch", "provinces": []}
    return open_branch(actor=system_actor("test"), code=code, **(given | changed))  # type: ignore[arg-type]
