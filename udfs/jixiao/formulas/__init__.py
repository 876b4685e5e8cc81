"""What the worksheet functions do once xlwings has turned their arguments into plain values."""
