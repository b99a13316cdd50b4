"""The form that names a group, in its parts."""
