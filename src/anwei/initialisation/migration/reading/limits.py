"""How much a file may hold before it is refused."""

from dataclasses import dataclass

from anwei.initialisation.migration.reading.cells import column_letters
from anwei.initialisation.migration.reading.errors import TooManyCells


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one file; a dense cell takes about 30 bytes once it is read."""

    file_bytes: int = 256 << 20
    unpacked_bytes: int = 512 << 20
    shared_text_bytes: int = 128 << 20
    cells: int = 12_000_000  # of the rectangle around all content of a sheet
    sparse_cells: int = 2_000_000  # a rectangle above this must be filled to a fiftieth

    def check_extent(self, sheet: str, rows: int, columns: int, content: int) -> None:
        """Refuse a sheet whose rectangle would fill the memory with empty cells.

        :raises TooManyCells: the rectangle is too large, or large and nearly empty
        """
        extent = rows * columns
        if extent > self.cells or (extent > self.sparse_cells and content * 50 < extent):
            raise TooManyCells(sheet=sheet, corner=f"{column_letters(columns)}{rows}")
