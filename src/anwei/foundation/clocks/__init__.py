"""Service-level clocks over working calendars; they keep their subject by id and know no order."""
