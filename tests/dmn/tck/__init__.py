"""Runs the cases of the public DMN Technology Compatibility Kit: `python -m tests.dmn.tck FOLDER...`."""
