"""What a scenario may hold: tables, columns, settings and periods, each declared once."""
