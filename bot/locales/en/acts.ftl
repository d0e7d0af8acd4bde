# What consultants do with tickets: priority, tags, merging, splitting, linking, watching.
