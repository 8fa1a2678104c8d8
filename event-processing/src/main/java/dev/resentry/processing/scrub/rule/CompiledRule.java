package dev.resentry.processing.scrub.rule;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Matcher;
import dev.resentry.processing.meta.Remark;
import dev.resentry.processing.scrub.key.SensitiveKeys;
import dev.resentry.processing.scrub.rule.ScrubRule.Method;
import dev.resentry.processing.scrub.text.Markers;
import dev.resentry.processing.scrub.text.Rewrite.Parts;
import dev.resentry.processing.scrub.text.SecretKind;
import dev.resentry.processing.scrub.text.TextScan;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** A rule that can be used. */
final class CompiledRule {
    private static final int MAX_REPLACEMENT = 200;
    private static final int HASH_BYTES = 8;

    private final ScrubRule rule;
    private final String id;
    private final Selector selector;
    private final @Nullable RulePattern pattern;
    private final SensitiveKeys keys;

    /**
     * Makes it of a rule.
     *
     * @param number its place in the project's list, from 1
     * @throws InvalidRuleException if it cannot be used
     */
    CompiledRule(ScrubRule rule, int number, SensitiveKeys keys) {
        this.rule = rule;
        this.id = "project:" + number;
        this.selector = SelectorParser.parse(rule.source());
        this.keys = keys;
        String expression = rule.pattern();
        if ((rule.target() == Target.PATTERN) != (expression != null)) {
            throw new InvalidRuleException(
                    "pattern",
                    expression == null ? "missing, of a rule of type pattern" : "given, but the type is not pattern");
        }
        this.pattern = expression == null ? null : new RulePattern(expression);
        String replacement = rule.replacement();
        if (replacement != null && (rule.method() != Method.REPLACE || replacement.length() > MAX_REPLACEMENT)) {
            throw new InvalidRuleException(
                    "replacement",
                    rule.method() == Method.REPLACE
                            ? "%d characters long (expected: at most %d)"
                                    .formatted(replacement.length(), MAX_REPLACEMENT)
                            : "given, but the method is not replace");
        }
    }

    Selector selector() {
        return selector;
    }

    boolean removesWholes() {
        return rule.method() == Method.REMOVE && rule.target() == Target.ANYTHING;
    }

    String id() {
        return id;
    }

    /** How many looks at each character of a text it may take. */
    int cost() {
        return pattern == null ? 1 : pattern.cost();
    }

    /**
     * Looks through a text once.
     *
     * @param secret whether a field's name says that the text is a secret
     */
    void run(String text, boolean secret, Parts parts) {
        if (rule.target() == Target.ANYTHING || (rule.target() == Target.PASSWORD && secret)) {
            replace(text, 0, text.length(), "", "", parts);
        } else if (pattern != null) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                if (matcher.end() > matcher.start()) {
                    replace(text, matcher.start(), matcher.end(), "", "", parts);
                }
            }
        } else {
            TextScan.run(
                    text,
                    rule.target().kinds(),
                    false,
                    keys,
                    (kind, start, end, quote) -> replace(text, start, end, kind.marker(), quote, parts));
        }
    }

    private void replace(String text, int start, int end, String marker, String quote, Parts parts) {
        if (Markers.isMarked(text, start, end)) {
            return;
        }
        String by = replacement(text.substring(start, end), marker);
        parts.replace(start, end, by.isEmpty() ? by : quote + by + quote, id, kind());
    }

    private String replacement(String found, String marker) {
        String wanted = rule.replacement();
        return switch (rule.method()) {
            case MASK -> masked(found);
            case HASH -> Markers.hash(digest(found));
            case REPLACE -> wanted != null ? wanted : marker.isEmpty() ? SecretKind.PASSWORD.marker() : marker;
            case REMOVE -> "";
        };
    }

    private String masked(String found) {
        int clear = rule.target() == Target.CREDITCARD ? found.length() - 4 : found.length();
        var masked = new StringBuilder(found.length());
        for (int i = 0; i < found.length(); i++) {
            masked.append(i < clear ? '*' : found.charAt(i));
        }
        return masked.toString();
    }

    Remark.Kind kind() {
        return switch (rule.method()) {
            case MASK -> Remark.Kind.MASKED;
            case HASH -> Remark.Kind.HASHED;
            case REPLACE -> Remark.Kind.SUBSTITUTED;
            case REMOVE -> Remark.Kind.REMOVED;
        };
    }

    private static String digest(String found) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(found.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
