"""What the service says in Chinese.

Texts of the pages are in the catalogue of gettext (`zh/LC_MESSAGES`), which goes by whole texts; sentences made elsewhere, with
values in them, go by `zh/phrases` (see `phrases`).
"""
