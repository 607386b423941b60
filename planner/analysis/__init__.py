"""What asks further of a plan: pairs of provinces, evidence, the summary."""
