"""Figures in sentences and in tables for reading; the only room with sentences besides charts and briefs."""
