package dev.resentry.processing.normalize;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Release, distribution and environment, whose names are parts of URLs and of lists (ingest protocol, section 8.5). */
final class ReleaseRules {
    private static final int MAX_RELEASE_BYTES = 200;
    private static final int MAX_NAME = 64;
    private static final Set<String> NO_RELEASES = Set.of(".", "..", "latest");
    private static final Set<String> NO_ENVIRONMENTS = Set.of(".", "..", "none");

    private ReleaseRules() {}

    static @Nullable String release(Draft draft) {
        String release = Texts.stripped(draft, draft.json(), "release", Path.EVENT);
        if (release == null) {
            return null;
        }
        if (release.length() > MAX_RELEASE_BYTES || release.getBytes(UTF_8).length > MAX_RELEASE_BYTES) {
            return tooLong(draft, "release", MAX_RELEASE_BYTES + " bytes");
        }
        return named(draft, "release", release, NO_RELEASES);
    }

    static @Nullable String environment(Draft draft) {
        String environment = Texts.stripped(draft, draft.json(), "environment", Path.EVENT);
        if (environment == null) {
            return null;
        }
        return environment.length() > MAX_NAME
                ? tooLong(draft, "environment", MAX_NAME + " characters")
                : named(draft, "environment", environment, NO_ENVIRONMENTS);
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

    private static @Nullable String named(Draft draft, String field, String name, Set<String> reserved) {
        if (name.chars().anyMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))) {
            Texts.remove(
                    draft,
                    draft.json(),
                    field,
                    Path.EVENT,
                    "invalid character: a slash, a backslash or a control character");
            return null;
        }
        if (reserved.contains(name.toLowerCase(Locale.ROOT))) {
            Texts.remove(draft, draft.json(), field, Path.EVENT, "a name that is reserved");
            return null;
        }
        return name;
    }

    private static @Nullable String tooLong(Draft draft, String field, String limit) {
        draft.tooLong(Path.EVENT.at(field), draft.json().remove(field), "expected at most " + limit);
        return null;
    }
}
