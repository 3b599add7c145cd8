"""When timers are due: moments, durations, repetitions and cron texts. Pure arithmetic; the clock is a parameter."""
