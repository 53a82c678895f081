"""Catalogues of translations: compiled when they are older than their source, and searched for texts without one.

A text belongs to the app in whose folder it is written; its Chinese stands in the ``locale`` folder of the same app.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.template.base import Lexer, Token, TokenType
from django.utils.text import smart_split

CHINESE = "zh_Hans"
_CALLS = {
    "gettext": 0,
    "gettext_lazy": 0,
    "gettext_noop": 0,
    "ngettext": 0,
    "ngettext_lazy": 0,
    "pgettext": 1,
    "pgettext_lazy": 1,
    "npgettext": 1,
}
_PLACE = re.compile(r"%\((\w+)\)|%(?=[sd])")
_INLINE = re.compile(r"""\b_\(("[^"]*"|'[^']*')\)""")


@dataclass(frozen=True, slots=True)
class Used:
    """A text as the code uses it."""

    msgid: str
    context: str | None
    file: Path
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """A text without a Chinese one, whose Chinese has other places to fill, or that another app says with other words."""

    app: str
    used: Used
    reason: str

    def __str__(self) -> str:
        """Write where it stands, as editors read it."""
        return f"{self.used.file}:{self.used.line}: {self.app}: {self.reason}: {self.used.msgid!r}"


def compile_catalogues(root: Path) -> list[Path]:
    """Compile every catalogue below ``root`` that is newer than its compiled form; give what was compiled."""
    made = []
    for source in sorted(root.glob("**/locale/*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        part = target.with_suffix(".mo.part")
        polib.pofile(str(source)).save_as_mofile(str(part))
        part.replace(target)  # whole or not at all: another process may be reading
        made.append(target)
    return made


def faults(root: Path) -> list[Fault]:
    """List everything that is wrong with the catalogues of the apps below ``root``."""
    return [*missing(root), *unused(root), *contradictory(root)]


def missing(root: Path) -> list[Fault]:
    """List the texts of every app below ``root`` that lack a good Chinese translation."""
    found = []
    catalogues: dict[Path, dict[tuple[str | None, str], polib.POEntry]] = {}
    for used in texts(root):
        home = _home(used.file, root)
        entries = catalogues.setdefault(home, _entries(home))
        entry = entries.get((used.context, used.msgid))
        reason = "no translation" if entry is None else _fault(entry)
        if reason:
            found.append(Fault(str(home.relative_to(root)), used, reason))
    return found


def unused(root: Path) -> list[Fault]:
    """List the entries of catalogues that no text of their app asks for."""
    wanted = {(_home(used.file, root), used.context, used.msgid) for used in texts(root)}
    return [
        Fault(str(home.relative_to(root)), _as_used(entry, source), "used nowhere")
        for home, source, entry in _all_entries(root)
        if (home, entry.msgctxt, entry.msgid) not in wanted
    ]


def contradictory(root: Path) -> list[Fault]:
    """List the entries that say with other words what another app's catalogue says.

    Django looks a text up in all catalogues and takes the first, so a page would show the other app's word: say it with the same
    words, or with a context where it means something else.
    """
    found = []
    first: dict[tuple[str | None, str], tuple[Path, list[str]]] = {}
    for home, source, entry in _all_entries(root):
        there, words = first.setdefault((entry.msgctxt, entry.msgid), (home, _words(entry)))
        if words != _words(entry):
            found.append(Fault(str(home.relative_to(root)), _as_used(entry, source), f"{there.relative_to(root)} says it with other words"))
    return found


def texts(root: Path) -> Iterator[Used]:
    """Find every text for people in the modules and templates below ``root``; tests speak to nobody."""
    for file in sorted(root.rglob("*")):
        if "tests" in file.relative_to(root).parts:
            continue
        if file.suffix == ".py":
            yield from _in_module(file)
        elif file.suffix in (".html", ".txt") and "templates" in file.parts:
            yield from _in_template(file)


def _home(file: Path, root: Path) -> Path:
    for folder in file.parents:
        if (folder / "locale").is_dir() or (folder / "apps.py").exists() or folder.parent in (root, root.parent):
            return folder
    return root


def _entries(home: Path) -> dict[tuple[str | None, str], polib.POEntry]:
    source = home / "locale" / CHINESE / "LC_MESSAGES" / "django.po"
    if not source.exists():
        return {}
    return {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(source)) if not entry.obsolete}


def _all_entries(root: Path) -> Iterator[tuple[Path, Path, polib.POEntry]]:
    for source in sorted(root.glob(f"**/locale/{CHINESE}/LC_MESSAGES/django.po")):
        home = source.parents[3]
        for entry in _entries(home).values():
            yield home, source, entry


def _as_used(entry: polib.POEntry, source: Path) -> Used:
    return Used(entry.msgid, entry.msgctxt, source, entry.linenum or 0)


def _words(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def _fault(entry: polib.POEntry) -> str:
    written = _words(entry)
    if entry.fuzzy or not all(written):
        return "no translation"
    wanted = set(_PLACE.findall(entry.msgid)) | set(_PLACE.findall(entry.msgid_plural or ""))
    if any(set(_PLACE.findall(text)) - wanted or set(_PLACE.findall(entry.msgid)) - set(_PLACE.findall(text)) for text in written):
        return "other places"
    return ""


def _in_module(file: Path) -> Iterator[Used]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _CALLS
    }
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names):
            continue
        place = _CALLS[names[node.func.id]]  # a context comes before the text
        values = [argument.value if isinstance(argument, ast.Constant) else None for argument in node.args[: place + 1]]
        msgid = values[place] if len(values) > place else None
        if isinstance(msgid, str):
            yield Used(msgid, str(values[0]) if place else None, file, node.lineno)


def _in_template(file: Path) -> Iterator[Used]:
    block: list[Token] = []
    commented = False
    for token in Lexer(file.read_text(encoding="utf-8")).tokenize():
        word = token.contents.split(maxsplit=1)[0] if token.token_type is TokenType.BLOCK and token.contents else ""
        if commented or word in ("comment", "endcomment"):
            commented = word != "endcomment"
        elif word in ("endblocktranslate", "endblocktrans"):
            yield _block_text(block, file)
            block = []
        elif block or word in ("blocktranslate", "blocktrans"):
            block.append(token)
        elif word in ("translate", "trans"):
            yield from _tag_text(token, file)
        elif token.token_type in (TokenType.BLOCK, TokenType.VAR):
            for quoted in _INLINE.findall(token.contents):
                yield Used(quoted[1:-1], None, file, token.lineno or 0)


def _tag_text(token: Token, file: Path) -> Iterator[Used]:
    bits = list(smart_split(token.contents))
    if len(bits) > 1 and bits[1][0] in "\"'":
        yield Used(bits[1][1:-1], _context(bits), file, token.lineno or 0)


def _context(bits: list[str]) -> str | None:
    return bits[bits.index("context") + 1][1:-1] if "context" in bits else None


def _block_text(block: list[Token], file: Path) -> Used:
    start, *inside = block
    bits = list(smart_split(start.contents))
    singular = ""
    for token in inside:
        if token.token_type is TokenType.BLOCK:  # plural: the entry is found by its singular
            break
        text = token.contents
        singular += f"%({text.split('|')[0].strip()})s" if token.token_type is TokenType.VAR else text.replace("%", "%%")
    if "trimmed" in bits:
        singular = " ".join(line.strip() for line in singular.strip().splitlines())
    return Used(singular, _context(bits), file, start.lineno or 0)
