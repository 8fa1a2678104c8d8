package dev.resentry.storage.ingest;

import dev.resentry.model.envelope.RawEnvelope.Receipt;

/** An event and the envelope that brought it. */
record EventRow(Receipt receipt, NewEvent event) {
    EventKey key() {
        return new EventKey(receipt.projectId(), event.id());
    }

    IssueKey issueKey() {
        return new IssueKey(receipt.projectId(), event.hash());
    }
}
