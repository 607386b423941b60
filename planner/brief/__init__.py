"""The brief: facts of a run, one Markdown source, and from it HTML, DOCX and PDF."""
