package dev.resentry.processing.symbolicate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The URL or path of a minified file, under the names that uploads have for it. */
final class FileUrl {
    private static final String ASYNC = "async ";

    private FileUrl() {}

    /** As a frame has it, without what an old SDK put in front, and without a fragment. */
    static String clean(String path) {
        String url = path.startsWith(ASYNC) ? path.substring(ASYNC.length()) : path;
        int fragment = url.indexOf('#');
        return fragment < 0 ? url : url.substring(0, fragment);
    }

    /** Whether it may be the name of a file at all, and not of code of the engine or of none. */
    static boolean isFile(String url) {
        return !url.isEmpty()
                && url.charAt(0) != '<'
                && url.charAt(0) != '['
                && !url.startsWith("node:")
                && !url.startsWith("native")
                && !url.contains("-extension:/")
                && !url.startsWith("blob:")
                && (url.indexOf('/') >= 0 || url.indexOf('.') >= 0);
    }

    /** The names to look for: whole, without its query, and both with {@code ~} for the host, which is all that it stands for. */
    static List<String> candidates(String url) {
        String withoutQuery = withoutQuery(url);
        List<String> candidates = new ArrayList<>(4);
        for (String name : List.of(url, withoutQuery, "~" + path(url), "~" + path(withoutQuery))) {
            if (!candidates.contains(name)) {
                candidates.add(name);
            }
        }
        return candidates;
    }

    static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    /** The path behind the host; a path without one is whole. */
    static String path(String url) {
        if (url.startsWith("~/")) {
            return url.substring(1);
        }
        int hostless = hostEnd(url);
        String path = url.substring(hostless);
        return path.startsWith("/") ? path : "/" + path;
    }

    /** Joins a reference to the URL of the file that makes it. */
    static String resolve(String base, String reference) {
        if (schemeEnd(reference) > 0 || reference.startsWith("~/")) {
            return reference;
        }
        if (reference.startsWith("//")) {
            int scheme = schemeEnd(base);
            return scheme > 0 ? base.substring(0, scheme) + reference : reference;
        }
        int host = base.startsWith("~") ? 1 : hostEnd(base);
        String front = base.substring(0, host);
        if (reference.startsWith("/")) {
            return front + normalized(reference);
        }
        String path = withoutQuery(base.substring(host));
        return front + normalized(path.substring(0, path.lastIndexOf('/') + 1) + reference);
    }

    /** The index behind the colon of a scheme; 0 if there is none. A drive letter is none. */
    private static int schemeEnd(String url) {
        int colon = url.indexOf(':');
        if (colon < 2) {
            return 0;
        }
        for (int i = 0; i < colon; i++) {
            char c = url.charAt(i);
            boolean isPart =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0;
            if (!isPart) {
                return 0;
            }
        }
        return colon + 1;
    }

    /** Where the path begins. */
    private static int hostEnd(String url) {
        int scheme = schemeEnd(url);
        if (!url.startsWith("//", scheme)) {
            return scheme;
        }
        int slash = url.indexOf('/', scheme + 2);
        return slash < 0 ? url.length() : slash;
    }

    private static String normalized(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (!parts.isEmpty()
                        && !parts.peekLast().equals("..")
                        && !parts.peekLast().isEmpty()) {
                    parts.removeLast();
                } else if (!path.startsWith("/")) {
                    parts.addLast(part);
                }
            } else if (!part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
