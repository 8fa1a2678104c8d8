package dev.resentry.processing.group;

import dev.resentry.model.event.Event;
import dev.resentry.model.event.ExceptionChain;
import dev.resentry.model.event.ExceptionValue;
import dev.resentry.model.event.Stacktraces;
import dev.resentry.model.issue.GroupingHash;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.util.List;
import java.util.Set;

/**
 * The strategy before {@link Grouping}: its hashes are in the database, and an event whose new hash is unknown is looked up by
 * this one, so that a change of the rules makes no new issues of old ones. Its rules never change.
 */
public final class FormerGrouping {
    public static final String STRATEGY = "resentry:2026-11-20";

    private static final Set<String> DEFAULT_MARKS = Set.of("{{ default }}", "{{default}}");

    private FormerGrouping() {}

    /** The hash of an event; equal for events that belong together. Pure. */
    public static GroupingHash hash(NormalizedEvent event) {
        var hash = new HashBuilder(STRATEGY);
        List<String> fingerprint = event.view().fingerprint();
        if (fingerprint.isEmpty() || (fingerprint.size() == 1 && DEFAULT_MARKS.contains(fingerprint.getFirst()))) {
            addContent(hash, event);
        } else {
            hash.add("fingerprint");
            for (String part : fingerprint) {
                if (DEFAULT_MARKS.contains(part)) {
                    addContent(hash, event);
                } else {
                    hash.add("value").add(part);
                }
            }
        }
        return hash.build();
    }

    private static void addContent(HashBuilder hash, NormalizedEvent event) {
        Event view = event.view();
        ExceptionChain exceptions = view.exceptions();
        List<String> frames = FormerFrames.keys(Stacktraces.ofGrouping(view));
        String message = view.logEntry().template();
        if (!exceptions.isEmpty()) {
            exceptions.values().forEach(exception -> addException(hash, exception));
        } else if (!frames.isEmpty()) {
            hash.add("stacktrace");
            frames.forEach(hash::add);
        } else if (!message.isEmpty()) {
            hash.add("message").add(FormerMessageTemplate.of(message));
        } else {
            hash.add("fallback")
                    .add(String.valueOf(event.platform()))
                    .add(view.logger())
                    .add(event.level().wireName())
                    .add(view.transaction())
                    .add(view.culprit());
        }
    }

    /** Type and stack; the value only without a stack, as it mostly holds what changes. */
    private static void addException(HashBuilder hash, ExceptionValue exception) {
        hash.add("exception");
        hash.add(exception.isSynthetic() ? "" : exception.type());
        List<String> frames = FormerFrames.keys(exception.stacktrace());
        if (frames.isEmpty()) {
            hash.add("value").add(FormerMessageTemplate.of(exception.value()));
        } else {
            hash.add("stacktrace");
            frames.forEach(hash::add);
        }
    }
}
