"""Module 4: buying. Knows stock, no work order."""
