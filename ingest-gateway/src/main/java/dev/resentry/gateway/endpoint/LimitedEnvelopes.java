package dev.resentry.gateway.endpoint;

import dev.resentry.gateway.limit.Decision;
import dev.resentry.gateway.limit.RateLimits;
import dev.resentry.gateway.outcome.OutcomeReporter;
import dev.resentry.model.encoding.BoundedDecoder;
import dev.resentry.model.encoding.Decoded;
import dev.resentry.model.envelope.EnvelopePreview;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummaries;
import dev.resentry.model.envelope.EnvelopePreview.ItemSummary;
import dev.resentry.model.envelope.ItemType;
import dev.resentry.model.envelope.LimitedItems;
import dev.resentry.model.outcome.DataCategory;
import dev.resentry.model.outcome.Outcome;
import dev.resentry.model.outcome.RejectionReason;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Applies limits to an envelope. The preview of its items suffices nearly always. It is decoded further, within bounds, only if
 * it may have more items that a limit counts, or to learn whether every item is limited: only then may the whole envelope be
 * answered 429.
 */
final class LimitedEnvelopes {
    /** A larger envelope is published with its limited categories, and the processor drops the items. */
    private static final int MAX_BYTES = 4 * 1024 * 1024;

    private static final Set<DataCategory> NEVER_COUNTED = Set.of(DataCategory.DEFAULT, DataCategory.UNKNOWN);

    private final BoundedDecoder decoder = new BoundedDecoder(MAX_BYTES);
    private final RateLimits limits;
    private final OutcomeReporter outcomes;
    private final Executor executor;
    private final InstantSource clock;

    /** @param executor runs what would hold up the thread that a body arrives on */
    LimitedEnvelopes(RateLimits limits, OutcomeReporter outcomes, Executor executor, InstantSource clock) {
        this.limits = limits;
        this.outcomes = outcomes;
        this.executor = executor;
        this.clock = clock;
    }

    /**
     * What the limits leave of an envelope.
     *
     * @param rejected whether that is nothing, and it is accounted for
     * @param counted what was counted of it
     * @param at when, in milliseconds
     */
    record Verdict(Decision decision, boolean rejected, Map<DataCategory, Long> counted, long at) {}

    /** Whether any limit counts anything that a sender sends. */
    boolean countsAnything(Sender sender) {
        return !limits.counted(sender.project(), sender.publicKey()).isEmpty();
    }

    /** Decides on an envelope, and counts what is left of it. */
    CompletableFuture<Verdict> judge(IncomingEnvelope incoming) {
        if (incoming.whole() || !mayHideWhatIsCounted(incoming)) {
            return admit(incoming, incoming.whole());
        }
        return CompletableFuture.supplyAsync(() -> surveyed(incoming), executor)
                .thenCompose(surveyed -> admit(surveyed, true));
    }

    /** Refunds what was counted of an envelope that could not be kept. */
    void refund(IncomingEnvelope incoming, Verdict verdict) {
        if (!verdict.counted().isEmpty()) {
            Sender sender = incoming.sender();
            limits.refund(sender.project(), sender.publicKey(), verdict.counted(), verdict.at());
        }
    }

    /** An envelope has one event at most: once it is seen, there is no other to find. */
    private boolean mayHideWhatIsCounted(IncomingEnvelope incoming) {
        Set<DataCategory> counted =
                limits.counted(incoming.sender().project(), incoming.sender().publicKey());
        boolean event = hasEvent(incoming.items());
        for (DataCategory category : counted) {
            if (!NEVER_COUNTED.contains(category) && !(event && LimitedItems.isEvent(category))) {
                return true;
            }
        }
        return false;
    }

    private CompletableFuture<Verdict> admit(IncomingEnvelope incoming, boolean allIsSeen) {
        Sender sender = incoming.sender();
        List<ItemSummary> items = incoming.items();
        if (!incoming.whole() && !hasEvent(items)) {
            // An unread rest counts as an error event, so that hiding one does not evade a limit.
            items = new ArrayList<>(items);
            items.add(ItemSummary.of(ItemType.Known.EVENT));
        }
        long at = clock.millis();
        Map<DataCategory, Long> asked = ItemQuantities.of(items);
        Decision decision = limits.admit(sender.project(), sender.publicKey(), asked);
        if (decision.limited().isEmpty()) {
            return CompletableFuture.completedFuture(new Verdict(decision, false, asked, at));
        }
        Map<DataCategory, Long> kept = keptOf(sender, items, asked, decision, at);
        return allIsSeen
                ? CompletableFuture.completedFuture(verdict(incoming, decision, kept, at))
                : CompletableFuture.supplyAsync(() -> verdict(surveyed(incoming), decision, kept, at), executor);
    }

    /** Refunds items that are dropped together with a limited one, and returns what remains counted. */
    private Map<DataCategory, Long> keptOf(
            Sender sender, List<ItemSummary> items, Map<DataCategory, Long> asked, Decision decision, long at) {
        LimitedItems limited = limitedOf(items, decision);
        Map<DataCategory, Long> kept = ItemQuantities.of(items.stream()
                .filter(item -> !limited.contains(item.type(), item.nativeCrash()))
                .toList());
        Map<DataCategory, Long> takenAlong = new EnumMap<>(DataCategory.class);
        asked.forEach((category, quantity) -> {
            long rest = quantity - kept.getOrDefault(category, 0L);
            if (rest > 0 && !decision.limited().contains(category)) {
                takenAlong.put(category, rest);
            }
        });
        if (!takenAlong.isEmpty()) {
            limits.refund(sender.project(), sender.publicKey(), takenAlong, at);
        }
        return kept;
    }

    private Verdict verdict(IncomingEnvelope incoming, Decision decision, Map<DataCategory, Long> kept, long at) {
        LimitedItems limited = limitedOf(incoming.items(), decision);
        boolean rejected = incoming.whole()
                && incoming.items().stream().allMatch(item -> limited.contains(item.type(), item.nativeCrash()));
        if (rejected) {
            account(incoming, decision);
        }
        return new Verdict(decision, rejected, kept, at);
    }

    private void account(IncomingEnvelope incoming, Decision decision) {
        Sender sender = incoming.sender();
        String first = EnumSet.copyOf(decision.limited()).stream()
                .flatMap(category -> decision.reasonFor(category).stream())
                .findFirst()
                .orElse(RejectionReason.RATE_LIMITED.wireName());
        ItemQuantities.of(incoming.items())
                .forEach((category, quantity) -> outcomes.report(
                        sender.project().id(),
                        sender.publicKey(),
                        category,
                        new Outcome.RateLimited(
                                decision.limited().contains(category)
                                        ? decision.reasonFor(category).orElse(first)
                                        : first),
                        quantity));
    }

    /** The same incoming with all of its items known, if it can be decoded within bounds. */
    private IncomingEnvelope surveyed(IncomingEnvelope incoming) {
        if (!(decoder.decode(incoming.sender().encoding(), incoming.body())
                instanceof Decoded.Content(byte[] content))) {
            return incoming;
        }
        ItemSummaries seen = EnvelopePreview.survey(content);
        return new IncomingEnvelope(
                incoming.sender(),
                incoming.endpoint(),
                incoming.body(),
                incoming.eventId(),
                seen.items(),
                seen.whole(),
                incoming.response());
    }

    private static LimitedItems limitedOf(List<ItemSummary> items, Decision decision) {
        return LimitedItems.of(
                decision.limited(), items.stream().map(ItemSummary::type).toList());
    }

    private static boolean hasEvent(List<ItemSummary> items) {
        for (ItemSummary item : items) {
            if (LimitedItems.isEvent(item.type().category())) {
                return true;
            }
        }
        return false;
    }
}
