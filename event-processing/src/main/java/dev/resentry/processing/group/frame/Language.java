package dev.resentry.processing.group.frame;

import java.util.Locale;

/** What a frame was written in, as far as its names have a form of their own. */
public enum Language {
    JAVASCRIPT,
    NODE,
    PYTHON,
    JVM,
    DOTNET,
    GO,
    RUBY,
    PHP,
    ELIXIR,
    RUST,
    NATIVE,
    PERL,
    OTHER;

    /** The language of a platform as SDKs name it; of an unknown platform that of the file's extension. */
    public static Language of(String platform, String file) {
        return switch (platform.toLowerCase(Locale.ROOT)) {
            case "javascript", "browser", "react-native" -> JAVASCRIPT;
            case "node", "nodejs", "bun", "deno" -> NODE;
            case "python" -> PYTHON;
            case "java", "kotlin", "android", "scala", "clojure", "groovy", "jvm" -> JVM;
            case "csharp", "dotnet", "fsharp", "visualbasic" -> DOTNET;
            case "go" -> GO;
            case "ruby" -> RUBY;
            case "php" -> PHP;
            case "elixir", "erlang" -> ELIXIR;
            case "rust" -> RUST;
            case "native", "c", "cpp", "objc", "cocoa", "swift" -> file.endsWith(".rs") ? RUST : NATIVE;
            case "perl" -> PERL;
            default -> ofExtension(file);
        };
    }

    private static Language ofExtension(String file) {
        int dot = file.lastIndexOf('.');
        return switch (dot < 0 ? "" : file.substring(dot + 1).toLowerCase(Locale.ROOT)) {
            case "js", "mjs", "cjs", "jsx", "ts", "tsx", "vue", "svelte" -> JAVASCRIPT;
            case "py" -> PYTHON;
            case "java", "kt", "scala", "clj", "groovy" -> JVM;
            case "cs", "fs", "vb" -> DOTNET;
            case "go" -> GO;
            case "rb", "erb" -> RUBY;
            case "php" -> PHP;
            case "ex", "exs", "erl" -> ELIXIR;
            case "rs" -> RUST;
            case "c", "cc", "cpp", "cxx", "h", "hpp", "m", "mm", "swift" -> NATIVE;
            case "pl", "pm" -> PERL;
            default -> OTHER;
        };
    }

    public boolean isJavaScript() {
        return this == JAVASCRIPT || this == NODE;
    }
}
