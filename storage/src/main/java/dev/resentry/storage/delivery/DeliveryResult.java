package dev.resentry.storage.delivery;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of an attempt, and so what is to be done next. */
public sealed interface DeliveryResult {

    Attempt attempt();

    /**
     * What people are shown of an attempt.
     *
     * @param status of the answer; null without one
     * @param answer its beginning, or what was done instead of sending
     * @param error what went wrong; null if nothing did
     * @param request what was sent, without secrets; empty if it did not come to that
     */
    record Attempt(
            @Nullable Integer status,
            String answer,
            @Nullable String error,
            String request) {}

    /** The other side has it. */
    record Delivered(Attempt attempt) implements DeliveryResult {}

    /** It did not work now, and may work later. */
    record Failed(Attempt attempt) implements DeliveryResult {}

    /**
     * The target wants to be left alone for a while. Does not count as an attempt.
     *
     * @param pause how long
     */
    record Postponed(Attempt attempt, Duration pause) implements DeliveryResult {}

    /** It will not work as it is. */
    record Refused(Attempt attempt) implements DeliveryResult {}

    /** There is nobody any more, for this and whatever else is to be sent there. */
    record Gone(Attempt attempt) implements DeliveryResult {}
}
