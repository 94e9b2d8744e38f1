"""Widgets that know no network."""
