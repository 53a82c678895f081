"""The demo company: invented people and devices among real hospitals and real device models, made through the operations."""
