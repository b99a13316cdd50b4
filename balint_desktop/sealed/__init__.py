"""Sealed files: age, parts, tails, parcels."""
