"""Rules for data: standard forms, findings, proposals that another person decides."""
