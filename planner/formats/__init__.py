"""Files of anybody, read and written: CSV, TOML, JSON, zips and workbooks."""
