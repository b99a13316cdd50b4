"""What leaves the log for others: reports, certificates, records, and where they are asked for."""
