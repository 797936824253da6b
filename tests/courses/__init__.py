"""Sample courses, and small makers of course folders in memory."""
