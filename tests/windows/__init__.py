"""The road a staff PC takes, under Wine: Windows Python, the wheels and the DLL that ship, real COM; no Excel."""
