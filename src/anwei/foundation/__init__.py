"""People, bodies, data rules, clocks, money ledger, rights, versioned rules and the trail."""
