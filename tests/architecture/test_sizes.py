"""Small files and functions, and names that say what is inside."""

from tests.architecture.tree import functions, hand_written, is_test, name_of

LONGEST_FILE = 400
LONGEST_FUNCTION = 50
FORBIDDEN = {"utils", "util", "common", "helpers", "helper", "misc", "base", "manager", "managers", "handler", "handlers"}
TEMPLATE_FRAME = "base.html"  # the frame of every page


def test_no_file_is_longer_than_400_lines() -> None:
    files = hand_written(".py", ".html", ".css", ".js", ".sql", ".md")
    assert files
    long = {name_of(p): n for p in files if (n := len(p.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE}
    assert not long


def test_no_function_is_longer_than_50_lines() -> None:
    long = [
        f"{name_of(path)}:{f.lineno} {f.name}"
        for path in hand_written(".py")
        if not is_test(path)  # the data of a test may be long
        for f in functions(path)
        if (f.end_lineno or 0) - f.body[0].lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long


def test_no_file_or_folder_has_a_name_that_says_nothing() -> None:
    parts = {(name_of(p), part) for p in hand_written(".py", ".html", ".js") for part in (p.stem, *p.parent.parts)}
    assert not [path for path, part in parts if part.lower() in FORBIDDEN and not path.endswith(TEMPLATE_FRAME)]
