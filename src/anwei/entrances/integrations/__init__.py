"""Outside systems, a folder each: transport, mapping, tests."""
