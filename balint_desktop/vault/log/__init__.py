"""The log: one encrypted SQLite file, one module per group of tables, migrations, the audit trail."""
