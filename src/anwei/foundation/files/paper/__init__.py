"""Designed documents: frozen values in, PDF bytes out."""
