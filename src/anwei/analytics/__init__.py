"""Module 6: performance analysis. Reads the modules below, changes none."""
