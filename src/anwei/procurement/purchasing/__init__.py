"""From a shortage to parts on the shelf and a supplier's invoice that agrees: orders, receipts, inspections, three-way match."""
