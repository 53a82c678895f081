"""Standard forms of values, the same at every door: each function gives the value and what was found.

Pure: no database, no clock. Nothing is ever changed silently: a repair is a finding that keeps the original.
"""

from anwei.foundation.governance.standards.amounts import Amount, money, yes_no
from anwei.foundation.governance.standards.dates import Epoch, calendar_date
from anwei.foundation.governance.standards.levels import LEVELS, hospital_level
from anwei.foundation.governance.standards.names import OrganisationName, match_key, organisation_name
from anwei.foundation.governance.standards.phones import Phone, phones
from anwei.foundation.governance.standards.texts import tidy_text

__all__ = [
    "LEVELS",
    "Amount",
    "Epoch",
    "OrganisationName",
    "Phone",
    "calendar_date",
    "hospital_level",
    "match_key",
    "money",
    "organisation_name",
    "phones",
    "tidy_text",
    "yes_no",
]
