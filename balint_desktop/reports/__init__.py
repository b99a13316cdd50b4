"""Reports and exports: tables, spreadsheets, group figures, consent forms, records."""
