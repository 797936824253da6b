"""What an operator needs: health, backup and restore, the job runner.

Not here: what a job does (the package whose work it is), and anything a learner or an officer sees.
"""
