"""The composition root: opens resources and wires use cases by hand; imports storage alone."""
