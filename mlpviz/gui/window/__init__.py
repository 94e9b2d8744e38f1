"""Where everything comes together: the main window, its files, the application."""
