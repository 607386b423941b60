"""What two provinces trade, and could trade."""
