class TaskState:
    FUTURE: int
    WAITING: int
    READY: int
    STARTED: int
