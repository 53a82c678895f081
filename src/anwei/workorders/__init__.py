"""Module 2: work orders from the fault request to the release of the device."""
