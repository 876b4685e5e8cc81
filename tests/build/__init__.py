"""What the built workbooks promise, checked on the files themselves."""
