package dev.resentry.processing.group.frame;

import org.jspecify.annotations.Nullable;

/**
 * A frame in the form that grouping compares: what stays the same from one deployment to the next. Lines and columns are not in it.
 *
 * @param index its place in the list as it was sent
 * @param unit the class, module or file; empty if there is none
 * @param function empty if it has no name
 * @param line the line of source it was at, without blanks; empty if it is unknown or no source
 * @param ignored why it counts nowhere; null if it may count
 */
public record GroupingFrame(
        int index,
        RawFrame raw,
        String unit,
        String function,
        String line,
        InApp inApp,
        @Nullable String ignored) {
    private static final int MAX_LINE = 120;

    static GroupingFrame of(int index, RawFrame raw) {
        Names names = names(raw);
        String why = names.ignored() != null
                ? names.ignored()
                : names.unit().isEmpty() && names.function().isEmpty() ? "has neither a place nor a name" : null;
        return new GroupingFrame(index, raw, names.unit(), names.function(), line(raw), InApp.of(raw, names), why);
    }

    private static Names names(RawFrame raw) {
        return switch (raw.language()) {
            case JAVASCRIPT, NODE -> JavaScriptNames.of(raw);
            case PYTHON -> ScriptNames.python(raw);
            case JVM -> JvmNames.of(raw);
            case DOTNET -> DotNetNames.of(raw);
            case GO -> ScriptNames.go(raw);
            case RUBY -> ScriptNames.ruby(raw);
            case PHP -> ScriptNames.php(raw);
            case ELIXIR -> ScriptNames.elixir(raw);
            case RUST, NATIVE -> NativeNames.of(raw);
            case PERL -> ScriptNames.perl(raw);
            case OTHER ->
                new Names(
                        raw.module().isEmpty() ? SourceFile.unit(raw.file()) : raw.module(),
                        raw.function().equals("<anonymous>") ? "" : raw.function());
        };
    }

    /** The line of source; what a minifier wrote changes with every build. */
    private static String line(RawFrame raw) {
        String line = raw.contextLine();
        // A line that hands a value to the SDK is not where it comes from.
        boolean capture = line.contains("captureException(") || line.contains("capture_exception(");
        // Only where the sources are beside the program, as Go has it, would a line count on one host and not on
        // another.
        boolean byChance = raw.language() == Language.GO;
        if (line.isEmpty()
                || capture
                || byChance
                || line.length() > 4 * MAX_LINE
                || (raw.language().isJavaScript() && JavaScriptNames.isMinified(raw))) {
            return "";
        }
        var folded = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            if (!Character.isWhitespace(line.charAt(i))) {
                folded.append(line.charAt(i));
            }
        }
        int end = folded.length();
        while (end > 0 && (folded.charAt(end - 1) == ';' || folded.charAt(end - 1) == ',')) {
            end--;
        }
        return end > MAX_LINE ? "" : folded.substring(0, end);
    }

    /** The same frame with another answer to whether it is of the program. */
    public GroupingFrame withInApp(InApp other) {
        return new GroupingFrame(index, raw, unit, function, line, other, ignored);
    }

    /** The same frame, counting or not by the word of a rule. */
    public GroupingFrame withIgnored(@Nullable String why) {
        return new GroupingFrame(index, raw, unit, function, line, inApp, why);
    }

    GroupingFrame named(String otherFunction) {
        return new GroupingFrame(index, raw, unit, otherFunction, line, inApp, ignored);
    }

    /** Whether the other frame is the same to grouping. */
    public boolean isLike(GroupingFrame other) {
        return unit.equals(other.unit) && function.equals(other.function);
    }
}
