"""What must not happen to a company's processes is made to happen: kills, restarts, floods, full disks, hours of downtime.

    python -m bench.faults CASE [--size N] [--database postgresql|sqlite]

Every case starts a database of its own, web processes and workers as they run in production, breaks something under load, and
then asks the judges of `bench.faults.judges`. Exit code 0 means nothing was lost and nothing was done twice. Whether the judges
would notice, `python -m bench.faults mutants` shows. The figures of one machine are in docs/operations.md.
"""
