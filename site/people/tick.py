"""What comes round for people."""

from people import limits
from people.schedule import Job

JOBS = [Job("people.sweep_limits", 24 * 3600, limits.sweep)]
