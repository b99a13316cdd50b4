"""Transcribe a recording on this computer: the engine, a child without a key or network, and the app's hold on it."""
