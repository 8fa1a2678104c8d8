package dev.resentry.processing.scrub;

import dev.resentry.processing.meta.Remark;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.processing.scrub.place.Budget;
import dev.resentry.processing.scrub.place.Changes;
import dev.resentry.processing.scrub.place.EventPlaces;
import dev.resentry.processing.scrub.place.Place;
import dev.resentry.processing.scrub.place.Trail;
import dev.resentry.processing.scrub.rule.ProjectRules;
import java.util.List;
import java.util.function.BiConsumer;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes secrets and personal data out of events as a project wants it, and notes in their {@code _meta} what was taken out.
 *
 * <p>Scrubbing twice is scrubbing once. The work is bounded and in proportion to the event; what it does not suffice for is taken out
 * unseen. Ids and times that storage relies on stay in any case. Immutable and safe to share between threads; making one takes longer
 * than using it.
 */
public final class Scrubber {
    /** Enough for the largest event, some times over. */
    private static final long MAX_CHARACTERS = 64_000_000;

    /** Of patterns in rules, a look each at so many characters. */
    private static final long MAX_RULE_WORK = 64_000_000;

    private final ScrubSettings settings;
    private final SensitiveKeys keys;
    private final ProjectRules rules;

    /** @throws dev.resentry.processing.scrub.rule.InvalidRuleException if one of the rules cannot be used */
    public Scrubber(ScrubSettings settings) {
        this.settings = settings;
        this.keys = new SensitiveKeys(settings.fields(), settings.safeFields());
        this.rules = new ProjectRules(settings.rules(), keys);
    }

    /**
     * Scrubs an event or a transaction, changing its tree in place. Users are told apart by what is in the event, so their hash is
     * taken before.
     */
    public void scrub(ObjectNode event) {
        scrub(event, EventPlaces.EVENT).writeTo(event);
    }

    /**
     * Does the same and tells what was changed.
     *
     * @param listener is told each path (names, and indexes in decimal) with what was done there
     */
    public void scrub(ObjectNode event, BiConsumer<List<String>, Remark> listener) {
        Changes changes = scrub(event, EventPlaces.EVENT);
        changes.writeTo(event);
        changes.forEach(listener);
    }

    /** Scrubs a span, one that is an item of its own or of a transaction, in either version of the protocol. */
    public void scrubSpan(ObjectNode span) {
        scrub(span, EventPlaces.SPAN).writeTo(span);
    }

    /** Scrubs the {@code body} and the {@code attributes} of a log. What was taken out is told by the words in its place alone. */
    public void scrubLog(ObjectNode log) {
        scrub(log, EventPlaces.LOG);
    }

    private Changes scrub(ObjectNode tree, Place place) {
        var changes = new Changes();
        if (settings.enabled()) {
            var trail = new Trail();
            rules.apply(tree, place, trail, changes, new Budget(MAX_RULE_WORK));
            var texts = new TextScrub(keys, settings.ipAddresses(), trail, changes, new Budget(MAX_CHARACTERS));
            new DefaultScrub(keys, settings.ipAddresses(), trail, changes, texts).object(tree, place);
        }
        return changes;
    }
}
