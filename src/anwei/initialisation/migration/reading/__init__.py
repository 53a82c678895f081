"""Read tables out of files as people have them: every cell keeps its address, nothing is changed without a finding."""

from anwei.initialisation.migration.reading.cells import Cell, Row
from anwei.initialisation.migration.reading.errors import Unreadable
from anwei.initialisation.migration.reading.layout import Heading, Skipped
from anwei.initialisation.migration.reading.limits import Limits
from anwei.initialisation.migration.reading.table import Table, open_table

__all__ = ["Cell", "Heading", "Limits", "Row", "Skipped", "Table", "Unreadable", "open_table"]
