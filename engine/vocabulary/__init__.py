"""Our own vocabulary in models: every name of the `liuzhuan` namespace, declared once.

From these declarations come what the readers read, what a deployment refuses (`check`), the tables of docs/modelling and the
templates for editors. Assignment strategies and connectors bring their own declarations.
"""
