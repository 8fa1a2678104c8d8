package dev.resentry.processing.group;

import dev.resentry.model.issue.GroupingHash;
import dev.resentry.processing.normalize.NormalizedEvent;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Decides which issue an event belongs to. The first of these that an event has, counts: a fingerprint, its exceptions, a
 * stack trace, a message; what has none of them goes by platform, logger, level and place.
 *
 * <p>The rules are known by {@link #STRATEGY}. Any change of them that changes a hash needs a new id, because hashes are kept
 * with the id of the rules that made them and past events are grouped anew by it.
 */
public final class Grouping {
    public static final String STRATEGY = "resentry:2026-11-20";

    private static final Set<String> DEFAULT_MARKS = Set.of("{{ default }}", "{{default}}");

    private Grouping() {}

    /** The hash of an event; equal for events that belong together. Pure. */
    public static GroupingHash hash(NormalizedEvent event) {
        var hash = new HashBuilder(STRATEGY);
        JsonNode fingerprint = event.json().path("fingerprint");
        boolean ownFingerprint = fingerprint.isArray()
                && !(fingerprint.size() == 1
                        && DEFAULT_MARKS.contains(fingerprint.get(0).asString()));
        if (ownFingerprint) {
            hash.add("fingerprint");
            for (JsonNode part : fingerprint) {
                if (DEFAULT_MARKS.contains(part.asString())) {
                    addContent(hash, event);
                } else {
                    hash.add("value").add(part.asString());
                }
            }
        } else {
            addContent(hash, event);
        }
        return hash.build();
    }

    private static void addContent(HashBuilder hash, NormalizedEvent event) {
        ObjectNode json = event.json();
        JsonNode exceptions = json.path("exception").path("values");
        List<String> frames = Frames.keys(Stacktraces.outsideExceptions(json));
        String message = Messages.template(json);
        if (!exceptions.isEmpty()) {
            exceptions.forEach(exception -> addException(hash, exception));
        } else if (!frames.isEmpty()) {
            hash.add("stacktrace");
            frames.forEach(hash::add);
        } else if (!message.isEmpty()) {
            hash.add("message").add(MessageTemplate.of(message));
        } else {
            hash.add("fallback")
                    .add(String.valueOf(event.platform()))
                    .add(json.path("logger").asString(""))
                    .add(event.level())
                    .add(json.path("transaction").asString(""))
                    .add(json.path("culprit").asString(""));
        }
    }

    /** Type and stack; the value only without a stack, as it mostly holds what changes. */
    private static void addException(HashBuilder hash, JsonNode exception) {
        hash.add("exception");
        boolean synthetic = exception.path("mechanism").path("synthetic").asBoolean(false);
        hash.add(synthetic ? "" : exception.path("type").asString(""));
        List<String> frames = Frames.keys(exception.path("stacktrace"));
        if (frames.isEmpty()) {
            hash.add("value").add(MessageTemplate.of(exception.path("value").asString("")));
        } else {
            hash.add("stacktrace");
            frames.forEach(hash::add);
        }
    }
}
