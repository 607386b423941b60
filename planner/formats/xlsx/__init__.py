"""Both halves of one format: workbooks read and written."""
