def with_blanks(name, values, caller):
    return values
