from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from anwei.core.actor import Actor
from anwei.core.tables import Rows, Table


class UserRows(Rows["User"]):
    def visible_to(self, actor: Actor) -> "UserRows":
        """Our own people see each other; outsiders see themselves."""
        return self if actor.everywhere or actor.side in ("ours", "system") else self.filter(pk__in=[actor.id])


class Users(BaseUserManager["User"].from_queryset(UserRows)):  # type: ignore[misc]
    pass


class User(AbstractBaseUser, Table):
    """A person who signs in. `side` and `organisation` say whose they are; roles and grants say what they may."""

    class Side(models.TextChoices):
        OURS = "ours", _("Our company")
        HOSPITAL = "hospital", _("A hospital")
        DISTRIBUTOR = "distributor", _("A distributor")

    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=100)
    side = models.CharField(max_length=12, choices=Side, default=Side.OURS)
    organisation = models.UUIDField(null=True, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="zh-hans")
    is_active = models.BooleanField(default=True)

    objects = Users()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["name"]
    personal = ("email", "phone")
    secret: str = ""  # of an invitation, set once, on the row just invited; never stored

    def __str__(self) -> str:
        return self.name


class Membership(Table):
    """A role that a user holds. The role itself is a definition; its key stands here."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=40)

    objects = Rows["Membership"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="role_held_once")]


class GrantRows(Rows["Grant"]):
    def live(self, at: datetime) -> "GrantRows":
        """Those that have not ended."""
        return self.filter(models.Q(until=None) | models.Q(until__gt=at))


class Grant(Table):
    """Rows that a user may see: a branch, a hospital, a distributor, or one record, until a time or for good."""

    user = models.ForeignKey(User, models.PROTECT, related_name="grants")
    kind = models.CharField(max_length=40)
    record = models.UUIDField()
    until = models.DateTimeField(null=True, blank=True)

    objects = GrantRows.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind", "record"], name="granted_once")]
        indexes = [models.Index(fields=["kind", "record"], name="grant_record")]


class TokenRows(Rows["Token"]):
    def visible_to(self, actor: Actor) -> "TokenRows":
        """Everybody sees their own; who sees everywhere sees all."""
        return self if actor.everywhere else self.filter(user_id__in=[actor.id])


class Token(Table):
    """A named key for programs: acts as its user, with no more than its own rights, until it ends. The secret is shown once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    name = models.CharField(max_length=100)
    secret_hash = models.BinaryField(max_length=32, unique=True)
    rights = models.JSONField(default=list)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    secret: str = ""  # set once, on the row just made; never stored

    objects = TokenRows.as_manager()


class Bucket(models.Model):
    """How much somebody called lately, kept until it is empty again. Unlogged, outside the trail: nothing is lost with it."""

    name = models.CharField(max_length=32, primary_key=True)  # a digest of the limit and of who called
    empty_at = models.DateTimeField(db_index=True)


class TokenUse(models.Model):
    """When a key was last used, to within minutes. Delivery state like `last_login`: it stands outside the trail."""

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="use")
    last_used = models.DateTimeField()
