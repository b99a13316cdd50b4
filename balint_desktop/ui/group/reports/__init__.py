"""Reports and exports of a group."""
