# Drafts in the console.

console-draft = Draft
console-draft-by = Not sent to the asker. Prepared by { $name }.
console-act-send-draft = Send the draft
console-act-drop-draft = Throw the draft away
console-done-send-draft = The draft was sent.
console-done-drop-draft = The draft was thrown away.

draft-gone = This draft is gone: somebody sent, changed or threw it away.
draft-has-files = A draft can have words only.
no-such-template = There is no such canned reply: { $name }.
template-lacks = The canned reply lacks a value: { $variable }.
template-variable = The canned reply names an unknown place: { $variable }.
template-name = A name has up to 32 plain letters, digits and hyphens: { $name }.
