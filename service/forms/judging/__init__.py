"""Submitted forms judged as form-js would: a schema is compiled once, a submission then takes microseconds.

Knows form-js schemas, values, FEEL and the company; no V8, no clock, no database, no HTTP.
"""

from service.forms.judging.compiled import CompiledForm
from service.forms.judging.compiling import FormUnjudged, compile_form

__all__ = ["CompiledForm", "FormUnjudged", "compile_form"]
