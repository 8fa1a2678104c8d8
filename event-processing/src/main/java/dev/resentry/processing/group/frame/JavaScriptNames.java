package dev.resentry.processing.group.frame;

import java.util.Locale;
import java.util.Set;

/** Names as the engines of Chrome, Firefox, Safari, Node and Hermes write them, brought together. */
final class JavaScriptNames {
    private static final Set<String> ANONYMOUS = Set.of(
            "?",
            "<anonymous>",
            "anonymous",
            "Anonymous function",
            "anonymous function",
            "global code",
            "module code",
            "eval code",
            "eval",
            "<global>",
            "<unknown>",
            "<module>",
            "Anonymous",
            "global",
            "(anonymous)",
            "<computed>");

    private static final Set<String> EXTENSIONS = Set.of(
            "js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts", "vue", "svelte", "bundle", "jsbundle", "coffee");

    private static final Set<String> SCRIPTS = Set.of("js", "mjs", "cjs", "jsx", "ts", "tsx", "mts", "cts");

    private static final String PAGE = "<page>";

    private JavaScriptNames() {}

    static Names of(RawFrame frame) {
        String function = function(frame.function());
        String path = SourceFile.path(frame.file());
        if (isNative(path) || isNative(frame.path()) || frame.function().endsWith("[native code]")) {
            return Names.ignored(path, function, "code of the engine");
        }
        if (frame.function().equals("sentryWrapped") || frame.function().endsWith(".sentryWrapped")) {
            return Names.ignored(path, function, "code of the SDK");
        }
        String unit = unit(path, isFetched(frame.path()));
        boolean generated = isMinified(frame) && function.length() <= 2;
        return new Names(unit, generated ? "" : function);
    }

    private static boolean isNative(String text) {
        return text.equals("<anonymous>")
                || text.equals("native")
                || text.endsWith("[native code]")
                || text.startsWith("native ")
                || text.equals("native code")
                || text.equals("eval code")
                || text.startsWith("index ");
    }

    private static String unit(String path, boolean fetched) {
        String unit = SourceFile.unit(path);
        int slash = unit.lastIndexOf('/') + 1;
        String basename = SourceFile.path(path);
        // The hash is read from the name as it was written: its case tells a hash from a word.
        basename = basename.substring(basename.lastIndexOf('/') + 1);
        if (basename.isEmpty()) {
            return path.isEmpty() ? "" : PAGE;
        }
        String extension = Text.afterLast(basename, '.').toLowerCase(Locale.ROOT);
        if (basename.indexOf('.') < 0 || !EXTENSIONS.contains(extension)) {
            return fetched || path.contains("://") ? PAGE : unit;
        }
        if (slash > 0 && !SourceFile.insideDependency(path).isEmpty()) {
            return unit;
        }
        String stripped = WebAsset.withoutHash(basename).toLowerCase(Locale.ROOT);
        String folder = unit.substring(0, slash);
        // The same file with and without its source map.
        return folder + (SCRIPTS.contains(extension) ? Text.beforeLast(stripped, '.') + ".js" : stripped);
    }

    /** Whether names and lines of the frame are those of a minifier and not of the source. */
    static boolean isMinified(RawFrame frame) {
        if (frame.symbolicated()) {
            return false;
        }
        String path = SourceFile.path(frame.path());
        String basename = path.substring(path.lastIndexOf('/') + 1);
        String line = frame.contextLine();
        return frame.column() > 300
                || basename.contains(".min.")
                || basename.endsWith("bundle")
                || line.contains("{snip}")
                || line.length() > 250
                || (isFetched(path) && !WebAsset.withoutHash(basename).equals(basename));
    }

    private static boolean isFetched(String path) {
        return path.startsWith("http:") || path.startsWith("https:") || path.startsWith("app:");
    }

    /** Whether Firefox or Chrome say that the frame only awaited or scheduled what is nearer to the crash. */
    static boolean isAsyncBorder(String function) {
        return function.indexOf('*') > 0 || function.startsWith("async ");
    }

    static String function(String given) {
        String name = given.substring(given.lastIndexOf('*') + 1).strip();
        int as = name.indexOf(" [as ");
        if (as >= 0) {
            name = name.substring(0, as);
        }
        for (String prefix : new String[] {"async ", "new ", "get ", "set ", "static ", "bound "}) {
            if (name.startsWith(prefix)) {
                name = name.substring(prefix.length());
            }
        }
        // Firefox: a function without a name inside another one.
        if (name.endsWith("<") || name.endsWith("/")) {
            return "";
        }
        int paren = name.indexOf('(');
        name = paren > 0 ? name.substring(0, paren) : name;
        name = Text.afterLast(Text.afterLast(name, '/'), '.');
        if (name.startsWith("#")) {
            name = name.substring(1);
        }
        return ANONYMOUS.contains(name) || name.equals(">") ? "" : name;
    }
}
