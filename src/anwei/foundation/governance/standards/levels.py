"""Hospital levels: three grades (级) with classes (等), written in dozens of ways.

Source: 医院分级管理办法 (trial, 1989): grades 一, 二, 三; classes 甲, 乙, 丙, and 特 for grade three.
"""

import re
import unicodedata

from django.utils.translation import gettext_lazy as _

from anwei.core.labels import Label
from anwei.foundation.governance.findings import FindingKind, Severity, Standardised
from anwei.foundation.governance.standards.texts import tidy_text

REWRITTEN = FindingKind("level.rewritten", Severity.REPAIR, _("Hospital level “%(original)s” was read as %(value)s."))
PARTLY_READ = FindingKind("level.partly_read", Severity.WARN, _("Of hospital level “%(original)s” only %(value)s was understood."))
UNKNOWN = FindingKind("level.unknown", Severity.WARN, _("“%(original)s” is no hospital level; the level stays empty."))

UNGRADED = "ungraded"
_IN_CHINESE, _IN_ENGLISH = {"3": "三级", "2": "二级", "1": "一级"}, {"3": "Grade III", "2": "Grade II", "1": "Grade I"}
_CLASSES_OF = {"3": ("", "S", "A", "B", "C"), "2": ("", "A", "B", "C"), "1": ("", "A", "B", "C")}
_CLASS_NAMES = {
    "": ("", ""),
    "S": ("特等", ", special"),
    "A": ("甲等", ", class A"),
    "B": ("乙等", ", class B"),
    "C": ("丙等", ", class C"),
}
# what people read for each key
LEVELS: dict[str, Label] = {
    grade + letter: Label(_IN_CHINESE[grade] + _CLASS_NAMES[letter][0], _IN_ENGLISH[grade] + _CLASS_NAMES[letter][1])
    for grade, letters in _CLASSES_OF.items()
    for letter in letters
} | {UNGRADED: Label("未定级", "Ungraded")}
_PLAIN = {label.zh: key for key, label in LEVELS.items()}

_SAME = str.maketrans({"級": "级", "极": "级", "叁": "三", "貳": "二", "贰": "二", "壹": "一"})
_GRADES = {
    "三": "3",
    "3": "3",
    "iii": "3",
    "tertiary": "3",
    "二": "2",
    "2": "2",
    "ii": "2",
    "secondary": "2",
    "一": "1",
    "1": "1",
    "i": "1",
    "primary": "1",
}
_CLASSES = {"特": "S", "special": "S", "甲": "A", "a": "A", "乙": "B", "b": "B", "丙": "C", "c": "C"}
_UNGRADED = re.compile(r"^(?:未定级|未评级|未评|未定|无等级|无级别|无|ungraded|none)")
_GRADE = re.compile(r"(?:grade|class|level)?(三|二|一|iii|ii|i|[123]|tertiary|secondary|primary)(?:级|等(?=[甲乙丙特]))?")
_CLASS = re.compile(r"(special|[特甲乙丙abc])[等级]?")
_NO_CLASS = re.compile(r"未[定评][等级]")
# kinds of hospital that people write into the level
_KINDS = re.compile(r"综合|专科|专业|医院|医$|妇产|妇幼保健院|妇幼|精神|康复|儿童|口腔|肿瘤|传染病|中医|hospital|grade|class")


def hospital_level(text: str, field: str = "level") -> Standardised[str]:
    """Give the level's key, a key of :data:`LEVELS`, or "" where the text is empty or names no level."""
    original, tidied = tidy_text(text, field)
    if not original or original in LEVELS:
        return Standardised(original, tidied)
    if original in _PLAIN:
        return Standardised(_PLAIN[original], tidied)
    key, rest = _read(re.sub(r"[\s./·、,，。_()（）-]", "", unicodedata.normalize("NFKC", original)).lower().translate(_SAME))
    kind = UNKNOWN if not key else PARTLY_READ if rest else REWRITTEN
    return Standardised(key, (*tidied, kind.on(field, original, key)))


def _read(text: str) -> tuple[str, str]:
    """Split the cleaned text into a level's key and what could not be read."""
    if found := _UNGRADED.match(text):
        return UNGRADED, text[found.end() :]
    bare = _KINDS.sub("", text)
    if not (grade := _GRADE.match(bare)):
        return "", text
    rest = _NO_CLASS.sub("", bare[grade.end() :])
    kind = _CLASS.match(rest)
    letter = _CLASSES[kind.group(1)] if kind else ""
    key = _GRADES[grade.group(1)] + letter
    return (key, rest[kind.end() :] if kind else rest) if key in LEVELS else ("", text)
