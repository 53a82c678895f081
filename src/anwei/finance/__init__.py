"""Module 5: settlement, billing and costs. Knows work orders; work orders do not know it."""
