"""The domain: what a benefit is, how it is read, computed, checked and shown. Imports no orchestrator."""
