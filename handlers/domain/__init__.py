"""The frozen values the use cases speak in."""
