"""What must not be lost, hang or be believed: bad files, bad moments, other people's texts."""
