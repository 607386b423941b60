"""Why a lane carries nothing, and what would replace one that does."""
