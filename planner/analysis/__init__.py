"""What asks further of a plan: pairs of provinces, supply paths and their cost, evidence, the summary."""
