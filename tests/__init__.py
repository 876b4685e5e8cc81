"""What the product promises, tested on the real thing wherever there is one."""
