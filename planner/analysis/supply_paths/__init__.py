"""Who supplies whom: the flows of a plan taken apart into paths, and what each costs."""
