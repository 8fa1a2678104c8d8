package dev.resentry.processing.group.frame;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a frame is of the program itself. Built-in rules speak first where they are sure, then the SDK; where both are silent,
 * a frame is of the program unless its path or its name is that of a dependency or of the platform.
 *
 * @param value whether it is
 * @param decidedBy who said so, for people
 */
public record InApp(boolean value, String decidedBy) {
    private static final InApp BY_SDK = new InApp(true, "SDK");
    private static final InApp NOT_BY_SDK = new InApp(false, "SDK");
    private static final InApp UNTOLD = new InApp(true, "nothing says that it is not");

    static InApp of(RawFrame frame, Names names) {
        String rule = notInApp(frame, names);
        if (rule != null) {
            return new InApp(false, rule);
        }
        Boolean sdk = frame.sdkInApp();
        if (sdk == null) {
            return UNTOLD;
        }
        return sdk ? BY_SDK : NOT_BY_SDK;
    }

    private static @Nullable String notInApp(RawFrame frame, Names names) {
        String path = SourceFile.path(frame.path());
        String rule = ofPath(path, frame.language());
        if (rule != null) {
            return rule;
        }
        return switch (frame.language()) {
            case JVM ->
                JvmLibraries.PACKAGES.isOf(names.unit()) ? "built-in: package of a library or the platform" : null;
            case DOTNET ->
                DotNetLibraries.NAMESPACES.isOf(names.unit() + ".")
                        ? "built-in: namespace of a library or the platform"
                        : null;
            case ELIXIR -> isElixirPlatform(names.unit()) ? "built-in: module of a library or the platform" : null;
            case RUST ->
                NativeLibraries.RUST.isOf(names.function()) ? "built-in: crate of a library or the platform" : null;
            case NATIVE -> isNativePlatform(frame, names) ? "built-in: function or binary of the platform" : null;
            case GO ->
                GoLibraries.PACKAGES.isOf(names.unit() + "/") ? "built-in: package of a library or the platform" : null;
            case JAVASCRIPT, NODE -> javaScript(frame, path);
            case PYTHON, RUBY, PHP, PERL, OTHER -> null;
        };
    }

    private static @Nullable String ofPath(String path, Language language) {
        // A file without a folder is in none that tells something, but for Python's and Ruby's names in angle brackets.
        if (path.indexOf('/') < 0 && !path.startsWith("<")) {
            return null;
        }
        String from = path.startsWith("/") ? path : "/" + path;
        boolean system = from.contains("/node_modules/")
                || from.contains("/site-packages/")
                || from.contains("/dist-packages/")
                || from.contains("/go/pkg/mod/")
                || (from.contains("/gems/") && language == Language.RUBY)
                || (from.contains("/vendor/")
                        && (language == Language.PHP || language == Language.RUBY || language == Language.GO))
                || (from.contains("/deps/") && language == Language.ELIXIR)
                || from.contains("/.cargo/registry/")
                || from.startsWith("/rustc/")
                || from.contains("/rustlib/");
        if (system) {
            return "built-in: folder of dependencies";
        }
        boolean platform = switch (language) {
            case PYTHON -> from.contains("/lib/python") || from.startsWith("/<frozen") || from.startsWith("/<string>");
            case RUBY -> from.contains("/lib/ruby/") || from.startsWith("/<internal:");
            case GO ->
                (from.contains("/go/src/") && from.startsWith("/usr/"))
                        || from.contains("/goroot/src/")
                        || from.contains("/libexec/src/");
            case PERL -> from.contains("/perl5/") || from.startsWith("/usr/share/perl") || from.startsWith("/usr/lib/");
            default -> false;
        };
        return platform ? "built-in: folder of the platform" : null;
    }

    private static @Nullable String javaScript(RawFrame frame, String path) {
        if (path.startsWith("node:")
                || path.startsWith("internal/")
                || path.contains("/webpack/runtime")
                || path.contains("/webpack/bootstrap")) {
            return "built-in: code of the platform";
        }
        if (path.contains("-extension://")) {
            return "built-in: browser extension";
        }
        // Node's own files before version 16 have no folder.
        if (frame.language() == Language.NODE
                && path.indexOf('/') < 0
                && path.endsWith(".js")
                && frame.sdkInApp() == null) {
            return "built-in: code of the platform";
        }
        for (String host : WebLibraries.HOSTS) {
            if (path.contains(host)) {
                return "built-in: host of libraries";
            }
        }
        String basename = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        boolean fetched = path.startsWith("http:") || path.startsWith("https:");
        for (String library : WebLibraries.FILES) {
            boolean named = basename.startsWith(library)
                    && basename.length() > library.length()
                    && ".-~@".indexOf(basename.charAt(library.length())) >= 0;
            if (fetched && named) {
                return "built-in: file of a library";
            }
        }
        return null;
    }

    private static boolean isElixirPlatform(String module) {
        if (module.isEmpty()) {
            return false;
        }
        if (module.charAt(0) == ':' || Character.isLowerCase(module.charAt(0))) {
            return true;
        }
        return ElixirLibraries.MODULES.contains(Text.before(module, "."));
    }

    private static boolean isNativePlatform(RawFrame frame, Names names) {
        String binary = SourceFile.path(frame.binary()).toLowerCase(Locale.ROOT);
        String name = binary.substring(binary.lastIndexOf('/') + 1);
        int so = name.indexOf(".so");
        return NativeLibraries.FOLDERS.isOf(binary)
                || NativeLibraries.BINARIES.contains(so < 0 ? name : name.substring(0, so + 3))
                || NativeLibraries.WHOLE_FUNCTIONS.contains(names.function())
                || NativeLibraries.FUNCTIONS.isOf(names.function())
                || NativeLibraries.RUST.isOf(names.function());
    }
}
