"""Anwei 安维: an open ERP for the after-sales service of medical devices."""
