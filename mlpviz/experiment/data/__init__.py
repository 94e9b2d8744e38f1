"""Own tables: text, then a table, then columns, then data."""
