"""What a scenario offers before any plan: balances, lanes, recipes and rules as arrays."""
