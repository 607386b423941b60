"""Two scenarios laid side by side: what differs, and one made of both."""
