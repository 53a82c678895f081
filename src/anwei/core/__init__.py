"""The kernel: actor, operation, registers, money, quantities, working time, flow, list kit, page shell. No tables, no business word."""
