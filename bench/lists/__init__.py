"""Every list of the API and the pages with each of its filters, on years of finished work.

    python -m bench.lists [--finished 1000000] [--open 100000] [--keep FOLDER] [--only WORD] [--pairs]

Starts a PostgreSQL of its own, fills it, and asks everything that `bench/lists/asking.py` finds in the route table: as an
employee of a role with thousands of open tasks, as one of a role with few, and as somebody who operates; with values that fit
something and with values that fit nothing; the first page and a deep one. Prints for each the median and the 95th of a hundred
in milliseconds of CPU, of the service and of PostgreSQL together, and of what is slow the statement that took most of it.
"""
