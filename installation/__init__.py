"""From a bare checkout to a running command: virtual environment, libraries, web assets, translations.

Standard library only, because it runs before anything is installed. `./liuzhuan` calls `command`; pip calls `wheel`.
"""
