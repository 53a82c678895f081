"""Test instruments and their calibration."""
