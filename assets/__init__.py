"""What is made: Dagster assets and asset checks, and nothing else. A function here is wiring; the work is in `gevinst`."""
