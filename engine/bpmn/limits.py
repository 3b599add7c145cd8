"""How much one process instance may do and hold. Passing a limit is a StepFailed whose sentence names the limit.

The counts protect everybody else on the same machine from one endless or exploding model; ordinary models stay far below them.
"""

#: Elements stepped through in one call (`complete`, `fire`, …): ends an endless loop of gateways.
MAX_STEPS = 100_000

#: After so many elements the clock is looked at: none takes longer than some ten microseconds beside its expressions.
STEPS_BETWEEN_LOOKS = 16

#: Tokens alive at the same time in one process instance.
MAX_TOKENS = 20_000

#: Instances of one multi-instance element.
MAX_INSTANCES = 10_000

#: Rounds of one standard loop.
MAX_LOOP_ROUNDS = 100_000

#: `startQuantity` and `completionQuantity` of an activity.
MAX_QUANTITY = 1_000

#: Call activities inside one another.
MAX_CALL_DEPTH = 30

#: Scopes (sub-processes, calls, compensations) inside one another.
MAX_SCOPE_DEPTH = 100

#: Timers, messages, signals and conditions one process instance waits for at the same time.
MAX_SUBSCRIPTIONS = 20_000

#: Repetitions of a timer written as R<n>/…
MAX_REPETITIONS = 1_000_000
