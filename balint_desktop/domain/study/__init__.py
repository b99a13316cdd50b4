"""The study around a group: consent, withdrawal, retention, legal holds, access requests."""
