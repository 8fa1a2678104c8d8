package dev.resentry.model.repository;

import dev.resentry.model.event.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that a frame has for its file. */
final class SourcePath {
    private static final int MAX_LENGTH = 1_000;
    private static final Pattern ABSOLUTE = Pattern.compile("/.*|[A-Za-z]:/.*");
    private static final Pattern ADDRESS = Pattern.compile("^[A-Za-z][A-Za-z0-9+.-]*://[^/]*");

    /** What a server and a bundler add to the name of a file. */
    private static final Pattern QUERY = Pattern.compile("[?#].*$");

    /** Files of languages whose frames have a class and the bare name of its file. */
    private static final Pattern OF_CLASS = Pattern.compile("[^/]+\\.(java|kt|scala|groovy|clj)");

    /** What {@code <anonymous>}, {@code [native code]} and the like have, and files do not. */
    private static final Pattern NO_FILE = Pattern.compile("[<>\\[\\]\\p{Cntrl}]");

    private static final Set<String> FOREIGN = Set.of(".", "..", "node_modules", "site-packages");

    private SourcePath() {}

    /** The paths by which a frame may be found, the most exact first; those that lead to no file of a repository are left out. */
    static List<String> of(Frame frame) {
        List<String> paths = new ArrayList<>();
        String file = plain(frame.filename());
        int lastDot = frame.module().lastIndexOf('.');
        boolean isOfClass = OF_CLASS.matcher(file).matches();
        if (isOfClass && lastDot > 0) {
            paths.add(frame.module().substring(0, lastDot).replace('.', '/') + "/" + file);
        }
        paths.add(plain(frame.absPath()));
        paths.add(file);
        return paths.stream().filter(SourcePath::isUsable).distinct().toList();
    }

    /** A path with slashes only; of an address its path. */
    static String plain(String given) {
        String path = given.strip().replace('\\', '/');
        String withoutHost = ADDRESS.matcher(path).replaceFirst("");
        if (!withoutHost.equals(path)) {
            path = QUERY.matcher(withoutHost).replaceFirst("");
        }
        path = path.replace("/./", "/");
        return path.startsWith("./") ? path.substring(2) : path;
    }

    static boolean isAbsolute(String path) {
        return ABSOLUTE.matcher(path).matches();
    }

    /** A path as it is in a repository; empty if it would be none, or lead out of it. */
    static Optional<String> inRepository(String path) {
        return isUsable(path) && !isAbsolute(path) ? Optional.of(path) : Optional.empty();
    }

    private static boolean isUsable(String path) {
        return !path.isEmpty()
                && path.length() <= MAX_LENGTH
                && !path.endsWith("/")
                && !NO_FILE.matcher(path).find()
                && List.of(path.split("/")).stream().noneMatch(FOREIGN::contains);
    }
}
