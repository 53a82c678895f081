"""Another app is entered only through its front doors; the layers themselves are held by `lint-imports`."""

import grimp

from tests.architecture.tree import app_of

DOORS = {"models", "queries", "operations", "errors", "permissions"}
# values only: pure rules, words and pills for a record, papers, what a guard of a flow is told, how often one may call, whose rows
# the wall lets through
VALUES = frozenset(
    ["rules", "shown", "facts", "paper", "identifiers", "standards", "findings", "geography", "symptoms", "resources", "limits", "walled"]
)
FREE = {"anwei.core", "anwei.config"}  # the kernel is open to all; the configuration may enter anything


def _enters_by_a_door(importer: str, imported: str) -> bool:
    inner = imported.removeprefix(app_of(imported)).strip(".").split(".")
    return inner[0] in {"", *DOORS} | VALUES or (".tests" in importer and inner[:2] == ["tests", "factory"])


def test_an_app_is_entered_only_through_its_front_doors() -> None:
    graph = grimp.build_graph("anwei", cache_dir=None)
    crossing = [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer.count(".") > 1 and imported.count(".") > 1 and app_of(importer) != app_of(imported)
    ]
    assert crossing
    assert not [
        f"{importer} → {imported}"
        for importer, imported in crossing
        if app_of(importer) != "anwei.config" and app_of(imported) not in FREE and not _enters_by_a_door(importer, imported)
    ]
