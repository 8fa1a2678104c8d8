package dev.resentry.processing.normalize;

import dev.resentry.model.release.NameRule;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Release, distribution and environment, whose names are parts of URLs and of lists (ingest protocol, section 8.5). */
final class ReleaseRules {
    private static final int MAX_NAME = 64;

    private ReleaseRules() {}

    static @Nullable String release(Draft draft) {
        return named(draft, "release", NameRule.RELEASE);
    }

    static @Nullable String environment(Draft draft) {
        return named(draft, "environment", NameRule.ENVIRONMENT);
    }

    /** Behind {@link #release}: without a release there is nothing to tell distributions of. */
    static void distribution(Draft draft) {
        ObjectNode event = draft.json();
        String dist = Texts.stripped(draft, event, "dist", Path.EVENT);
        if (dist == null) {
            return;
        }
        if (!event.has("release")) {
            Texts.remove(draft, event, "dist", Path.EVENT, "there is no release that it is a distribution of");
        } else if (dist.length() > MAX_NAME) {
            tooLong(draft, "dist", MAX_NAME + " characters");
        } else if (!dist.chars().allMatch(ReleaseRules::isOfDistribution)) {
            Texts.remove(draft, event, "dist", Path.EVENT, "invalid character, expected a-z, A-Z, 0-9, _, . or -");
        }
    }

    private static boolean isOfDistribution(int c) {
        return Ascii.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
    }

    private static @Nullable String named(Draft draft, String field, NameRule rule) {
        String name = Texts.stripped(draft, draft.json(), field, Path.EVENT);
        if (name == null) {
            return null;
        }
        return switch (rule.fault(name).orElse(null)) {
            case null -> name;
            case TOO_LONG -> tooLong(draft, field, rule.limit());
            case INVALID_CHARACTER ->
                removed(draft, field, "invalid character: a slash, a backslash or a control character");
            case RESERVED -> removed(draft, field, "a name that is reserved");
        };
    }

    private static @Nullable String removed(Draft draft, String field, String why) {
        Texts.remove(draft, draft.json(), field, Path.EVENT, why);
        return null;
    }

    private static @Nullable String tooLong(Draft draft, String field, String limit) {
        draft.tooLong(Path.EVENT.at(field), draft.json().remove(field), "expected at most " + limit);
        return null;
    }
}
