"""Rosters: read a table, plan an import, export names."""
