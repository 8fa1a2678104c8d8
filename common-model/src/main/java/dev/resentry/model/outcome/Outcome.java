package dev.resentry.model.outcome;

import org.jspecify.annotations.Nullable;

/**
 * The final fate of what was sent. The words of outcomes and of their reasons stand on topics, in tables, in metrics and in the
 * API: they are never renamed.
 */
public sealed interface Outcome {

    /** Kept; an event is grouped and can be found. */
    record Stored() implements Outcome {}

    /** Something with the same identity was stored before. */
    record Duplicate() implements Outcome {}

    /** Could not be understood or kept; its bytes are in the dead letters or in the stored envelope. */
    record Dropped(DropReason reason, String cause) implements Outcome {}

    /**
     * Not wanted by its project; its bytes are in the stored envelope.
     *
     * @param filter the word of the {@link InboundFilter} that it met, or what a client report calls it
     */
    record Filtered(String filter) implements Outcome {
        /** It met a filter of its project. */
        public Filtered(InboundFilter filter) {
            this(filter.wireName());
        }
    }

    /** What ends at the gateway and never reaches topic {@code envelopes} (ingest protocol, section 7.2). */
    sealed interface Rejected extends Outcome {}

    /**
     * Over a limit.
     *
     * @param reasonCode of the limit, as its project calls it
     */
    record RateLimited(String reasonCode) implements Rejected {}

    /** Nothing that the gateway takes, or nothing that it takes from this sender. */
    record Invalid(RejectionReason reason) implements Rejected {}

    /**
     * Dropped by the SDK before it was sent, as a client report says (ingest protocol, section 7.1).
     *
     * @param reason in the SDK's words
     */
    record ClientDiscarded(String reason) implements Outcome {}

    /** The word for this outcome. */
    default String wireName() {
        return switch (this) {
            case Stored _ -> "stored";
            case Duplicate _ -> "duplicate";
            case Dropped _ -> "dropped";
            case RateLimited _ -> "rate_limited";
            case Invalid _ -> "invalid";
            case Filtered _ -> "filtered";
            case ClientDiscarded _ -> "client_discarded";
        };
    }

    /** The word for the reason; null if the outcome needs none. */
    default @Nullable String reasonName() {
        return switch (this) {
            case Stored _, Duplicate _ -> null;
            case Dropped dropped -> dropped.reason().wireName();
            case RateLimited(String reasonCode) -> reasonCode;
            case Invalid(RejectionReason reason) -> reason.wireName();
            case Filtered(String filter) -> filter;
            case ClientDiscarded(String reason) -> reason;
        };
    }

    /** What exactly was wrong, for people; null if there is nothing to say. */
    default @Nullable String cause() {
        return null;
    }

    /**
     * Reads the words of an outcome back.
     *
     * @throws IllegalArgumentException if they are none; the message says which
     */
    static Outcome of(String wireName, @Nullable String reason, @Nullable String cause) {
        return switch (wireName) {
            case "stored" -> new Stored();
            case "duplicate" -> new Duplicate();
            case "dropped" -> new Dropped(DropReason.of(wanted(wireName, reason)), cause == null ? "" : cause);
            case "rate_limited" -> new RateLimited(wanted(wireName, reason));
            case "invalid" -> new Invalid(RejectionReason.of(wanted(wireName, reason)));
            case "filtered" -> new Filtered(wanted(wireName, reason));
            case "client_discarded" -> new ClientDiscarded(wanted(wireName, reason));
            default ->
                throw new IllegalArgumentException(
                        ("outcome: '%s' (expected: stored, duplicate, dropped, rate_limited, invalid, filtered or "
                                        + "client_discarded)")
                                .formatted(wireName));
        };
    }

    private static String wanted(String wireName, @Nullable String reason) {
        if (reason == null) {
            throw new IllegalArgumentException("outcome: '%s' without a reason".formatted(wireName));
        }
        return reason;
    }
}
