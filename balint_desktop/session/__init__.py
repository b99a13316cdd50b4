"""Run one session: clock, log, recorder and consent together, without Qt."""
