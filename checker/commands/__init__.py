"""The commands of ``plancheck`` beside ``check`` and ``parse``; each is imported only when it is run."""
