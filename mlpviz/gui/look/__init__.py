"""How it looks: colours, type, icons, settings."""
