"""What explains the window: its words one by one, its keys, a page with pictures, and versions."""
