package dev.resentry.processing.group.frame;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The name of a file that is the same wherever and as often as the program is deployed. */
final class SourceFile {
    /** Behind these a path names a dependency. The longer names come first where one is part of another. */
    private static final List<String> DEPENDENCIES = List.of(
            "/node_modules/", "/site-packages/", "/dist-packages/", "/pkg/mod/", "/gems/", "/vendor/", "/deps/");

    /** So many files of a program bear these names that the folder has to tell them apart. */
    private static final Set<String> GENERIC = Set.of(
            "index",
            "main",
            "app",
            "mod",
            "lib",
            "__init__",
            "__main__",
            "handler",
            "handlers",
            "page",
            "route",
            "layout",
            "utils",
            "util",
            "helpers",
            "views",
            "models",
            "routes",
            "server",
            "types",
            "base",
            "core",
            "service",
            "controller",
            "client",
            "api",
            "actions",
            "store",
            "middleware",
            "+page",
            "+server",
            "+page.server",
            "tasks",
            "show",
            "edit",
            "new",
            "_form");

    private static final Set<String> ROOT_FOLDERS = Set.of(
            "",
            ".",
            "..",
            "~",
            "src",
            "dist",
            "build",
            "lib",
            "app",
            "current",
            "release",
            "releases",
            "js",
            "static",
            "assets",
            "public",
            "www",
            "html",
            "scripts",
            "code",
            "workspace",
            "srv",
            "opt",
            "home",
            "var",
            "usr",
            "bin",
            "out",
            "target",
            "web",
            "htdocs",
            "site",
            "shared",
            "server",
            "deploy",
            "chunks",
            "_next",
            "tmp",
            "project",
            "repo");

    private SourceFile() {}

    /** Without query and fragment, with slashes. */
    static String path(String file) {
        int query = file.indexOf('?');
        String withoutQuery = query < 0 ? file : file.substring(0, query);
        int fragment = withoutQuery.indexOf('#');
        return (fragment < 0 ? withoutQuery : withoutQuery.substring(0, fragment)).replace('\\', '/');
    }

    /** What identifies a file: inside a dependency its path there, else its name, with the folder where the name says too little. */
    static String unit(String file) {
        String path = path(file);
        String inside = insideDependency(path);
        if (!inside.isEmpty()) {
            return inside.toLowerCase(Locale.ROOT);
        }
        String withoutOrigin = withoutOrigin(path);
        String basename = withoutOrigin.substring(withoutOrigin.lastIndexOf('/') + 1);
        String stem = Text.before(basename, ".");
        String folder = isGeneric(basename, stem) ? folder(withoutOrigin) : "";
        return (folder.isEmpty() ? basename : folder + "/" + basename).toLowerCase(Locale.ROOT);
    }

    /** A path inside the dependency it belongs to, without versions; empty if it is in none. */
    static String insideDependency(String path) {
        String from = path.startsWith("/") ? path : "/" + path;
        for (String folder : DEPENDENCIES) {
            int at = from.lastIndexOf(folder);
            if (at >= 0) {
                return withoutVersions(from.substring(at + folder.length()));
            }
        }
        return "";
    }

    /** {@code rack-3.1.2/lib} and {@code lib@v1.2.3/x} without the versions. */
    private static String withoutVersions(String path) {
        var kept = new StringBuilder(path.length());
        for (String segment : path.split("/", -1)) {
            if (!kept.isEmpty()) {
                kept.append('/');
            }
            kept.append(withoutVersion(segment));
        }
        return kept.toString();
    }

    private static String withoutVersion(String segment) {
        for (int i = 1; i < segment.length() - 1; i++) {
            char c = segment.charAt(i);
            char next = segment.charAt(i + 1);
            if (c == '@' && (next == 'v' || Text.isDigit(next))) {
                return segment.substring(0, i);
            }
            if (c == '-' && Text.isDigit(next) && segment.indexOf('.', i) > 0) {
                return segment.substring(0, i);
            }
        }
        return segment;
    }

    private static boolean isGeneric(String basename, String stem) {
        return GENERIC.contains(stem.toLowerCase(Locale.ROOT)) || basename.startsWith("+") || basename.startsWith("[");
    }

    /** The folder of a file; empty if it is one that names the deployment or every program has. */
    private static String folder(String path) {
        int end = path.lastIndexOf('/');
        if (end <= 0) {
            return "";
        }
        String folder = path.substring(path.lastIndexOf('/', end - 1) + 1, end);
        boolean volatileName = ROOT_FOLDERS.contains(folder.toLowerCase(Locale.ROOT))
                || Text.digits(folder) > 0
                || folder.endsWith(":");
        return volatileName ? "" : folder;
    }

    /** The path of a URL without scheme and host. */
    private static String withoutOrigin(String path) {
        int scheme = path.indexOf("://");
        if (scheme < 0) {
            return path;
        }
        int slash = path.indexOf('/', scheme + 3);
        return slash < 0 ? "" : path.substring(slash);
    }
}
