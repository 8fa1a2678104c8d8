package dev.resentry.model.repository;

/**
 * Which folder of a repository is what frames call otherwise.
 *
 * @param from how paths of frames begin; empty for every relative path
 * @param to the folder, from the root of the repository on; empty for the root
 */
public record PathMapping(String from, String to) {
    public PathMapping {
        from = SourcePath.plain(from);
        to = SourcePath.plain(to);
    }

    /** Whether it says something of a path; names of files and folders are taken as a whole. */
    boolean matches(String path) {
        if (from.isEmpty()) {
            return !SourcePath.isAbsolute(path);
        }
        return path.startsWith(from)
                && (from.endsWith("/") || path.length() == from.length() || path.charAt(from.length()) == '/');
    }

    String map(String path) {
        String rest = withoutSlashes(path.substring(from.length()));
        String folder = to.endsWith("/") ? to.substring(0, to.length() - 1) : to;
        return withoutSlashes(folder + "/" + rest);
    }

    private static String withoutSlashes(String path) {
        String rest = path;
        while (rest.startsWith("/")) {
            rest = rest.substring(1);
        }
        return rest;
    }
}
