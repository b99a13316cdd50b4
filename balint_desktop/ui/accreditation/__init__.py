"""The facilitator's own path: aims, supervision, meetings elsewhere, colleagues, reviews."""
