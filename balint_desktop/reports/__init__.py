"""What reports and exports say: tables, spreadsheets, the group's account, consent forms, records."""
