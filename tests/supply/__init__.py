"""What we are built from: known vulnerabilities and licences of everything in the locks."""
