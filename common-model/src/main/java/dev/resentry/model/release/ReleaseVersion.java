package dev.resentry.model.release;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The version of a release as an SDK names it: {@code package@1.2.3-rc.1+45}, where everything but something of a version may be
 * missing. Every text is a version; those that are not semantic have no {@link #semver()}.
 *
 * @param raw the whole text, by which a release is known
 * @param packageName what stands before the {@code @}; null without one
 * @param version what stands behind it
 * @param parts null if the version is none of semantic versioning, such as a commit's hash
 */
public record ReleaseVersion(
        String raw,
        @Nullable String packageName,
        String version,
        @Nullable SemanticVersion parts) {

    private static final Pattern COMMIT_HASH = Pattern.compile("[0-9a-fA-F]{40}");
    private static final int SHORT_HASH_LENGTH = 12;

    /** Never fails. A version without a package needs two numbers to count as semantic: {@code 20240131} is a day or a build. */
    public static ReleaseVersion parse(String raw) {
        // A package may begin with an @, as those of npm do.
        int at = raw.indexOf('@', 1);
        if (at < 0 || at == raw.length() - 1) {
            SemanticVersion parts =
                    raw.contains(".") ? SemanticVersion.parse(raw).orElse(null) : null;
            return new ReleaseVersion(raw, null, raw, parts);
        }
        String version = raw.substring(at + 1);
        return new ReleaseVersion(
                raw,
                raw.substring(0, at),
                version,
                SemanticVersion.parse(version).orElse(null));
    }

    public Optional<SemanticVersion> semver() {
        return Optional.ofNullable(parts);
    }

    public boolean isSemver() {
        return parts != null;
    }

    /** For people: without the package, the build in brackets, and 12 digits of a commit's hash. */
    public String shortForm() {
        if (parts != null) {
            return parts.buildCode() == null
                    ? version
                    : "%s (%s)".formatted(version.substring(0, version.indexOf('+')), parts.buildCode());
        }
        return isCommitHash(version) ? version.substring(0, SHORT_HASH_LENGTH) : version;
    }

    private static boolean isCommitHash(String text) {
        return COMMIT_HASH.matcher(text).matches();
    }
}
