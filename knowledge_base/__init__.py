"""What the desk knows: the entries of the FAQ and how a question finds one."""
