"""The place for accreditation: aims, supervision, meetings elsewhere, colleagues, reviews."""
