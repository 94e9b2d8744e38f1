"""The preview of a table, before it is trained on."""
