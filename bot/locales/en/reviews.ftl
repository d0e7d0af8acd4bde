# Reviews of documents.

review = Document review
review-begin = Begin a document review
review-change = Document and day
review-title = Document
review-due-label = To be done by
review-due = To be done by { $due-on }
review-save = Save
review-closed = done
review-counts = Versions: { $rounds }, open recommendations: { $open }
review-round = Version { $number }
review-no-rounds = There is no version yet. Choose the file when the document has come.
review-new-round = New version
review-file = File
review-note = Note
review-begin-round = Review this file
review-recommend = New recommendation
review-recommendation = Recommendation { $number }
review-place = Place in the document
review-text = Recommendation
review-write = Write it down
review-verdict-open = open
review-verdict-accepted = accepted
review-verdict-declined = declined
review-reason = Reason
review-reason-hint = (needed if declined)
review-accept = Accepted
review-decline = Declined
review-next = Next
review-draft = Draft an answer of the open recommendations
review-close = End the review

event-review_opened = A document review began
event-review_round = A new version of the document
event-review_recommended = A recommendation was written down
event-review_accepted = A recommendation was accepted
event-review_declined = A recommendation was declined
event-review_closed = The document review ended

no-review = { $reference } is no document review, or it has ended.
no-round = Choose a version of the document first.
no-new-version = There is no new version: { $file }.
no-such-recommendation = There is no such recommendation: { $number }.
review-open = Recommendation { $number } is still open.
