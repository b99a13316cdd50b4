"""Leading one session: joins clock, log, recorder and consent, without Qt."""
