# What consultants do with tickets: priority, tags, merging, splitting, linking, watching.

## To the asker

mail-merged =
    we have joined your questions { $reference } and { $into }. Both will be answered together, under { $into }.
    .subject = Your question was joined with { $into }

telegram-merged = We have joined your questions { $reference } and { $into }. Both will be answered together, under { $into }.

mail-unmerged =
    your questions { $reference } and { $into } are two again. Each will be answered under its own number.
    .subject = Your question is on its own again

telegram-unmerged = Your questions { $reference } and { $into } are two again. Each will be answered under its own number.

mail-split-off =
    we treat your message as a question of its own. Its number is { $reference }.
    .subject = A question of its own: { $reference }

telegram-split-off = We treat your message as a question of its own. Its number is { $reference }.

## Priority

console-priority = Priority
priority-high = urgent
priority-normal = normal
priority-low = not urgent

## History

event-noted = A note was written
event-merged_in = Another ticket was merged in
event-unmerged = Parted from the other ticket again
event-parted = The other ticket was parted again
event-split = A message became a ticket of its own
event-split_from = Split from another ticket
event-unlinked = No longer linked with another ticket
event-tagged = Tagged
event-untagged = Tag removed
event-prioritised = Priority changed
event-watched = Watched
event-unwatched = No longer watched
reason-high = urgent
reason-normal = normal
reason-low = not urgent

## Why it was not done

ticket-merged = Ticket { $reference } was merged into { $into }: work there.
ticket-merged-away = Ticket { $reference } was merged into another one that you do not see.
not-merged = Ticket { $reference } is not merged.
same-ticket = { $reference } is the same ticket.
merge-closed = Ticket { $reference } cannot be merged: it is merged already, or spam.
restricted-apart = A ticket of a restricted queue is merged or linked only within that queue: { $reference } is in another.
practice-apart = A practice ticket cannot be merged.
no-such-article = Ticket { $reference } has no such article: { $id }.
not-a-message = Only a message of an asker can be split off.
last-message = This is the only message of ticket { $reference }: nothing would be left.
bad-tag = A tag is up to 40 letters, digits and hyphens: { $tag }.
too-many-tags = A ticket has up to { $most } tags.
no-such-priority = A priority is one of: high, normal, low.

## What changed while a consultant wrote

seen-older = Since you opened ticket { $reference }, something in it has changed.

told-change = – { $at } { $what }
    .by = { $by }

## Console

console-sorting = Order
console-tag = New tag
console-untag = Remove the tag “{ $tag }”
console-linked = Linked tickets
console-unlink = Unlink from { $reference }
console-merged-in = Merged in
console-other = Another ticket
console-merge-hint = Once merged, this ticket goes on in the other. If two people asked, both get the answer, and neither sees the other's words.
console-merged = This ticket was merged and goes on here:
console-merged-hidden = This ticket was merged into another one that you do not see.
console-reply-also = The same answer also goes to: { $names }.
console-send-anyway = Send anyway
console-act-merge = Merge
console-act-unmerge = Part
console-act-split = Make it a ticket
console-act-link = Link
console-act-tag = Add
console-act-priority = Change
console-act-watch = Watch
console-act-unwatch = Stop watching
console-done-merge = The tickets are merged and go on here.
console-done-unmerge = The ticket is on its own again.
console-done-split = The message is a ticket of its own now.
console-done-link = The tickets are linked.
console-done-unlink = The tickets are no longer linked.
console-done-tag = The tag was added.
console-done-untag = The tag was removed.
console-done-priority = The priority was changed.
console-done-watch = You will be told of every new article.
console-done-unwatch = You will be told no more.
