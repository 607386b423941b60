"""Documentation: the pages that are made from the code, and the site in which all pages are bound.

The pages stand beside what they describe, where a reader of the files finds them; the site collects
them and adds the tutorial, the gallery and the reference of the library. All of it is work on the
files of the project, so this room stays out of the wheel.
"""
