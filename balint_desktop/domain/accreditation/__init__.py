"""The facilitator's own training record: entries, aims, progress, reviews."""
