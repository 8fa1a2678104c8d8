package dev.resentry.processing.group.message;

import org.jspecify.annotations.Nullable;

/** Paths: of files the name stays, of routes the words. */
final class Paths {
    private static final int MAX_PATH = 1_024;

    private Paths() {}

    static @Nullable Token posix(String text, int at) {
        if (at > 0 && (text.charAt(at - 1) == ')' || text.charAt(at - 1) == '<' || text.charAt(at - 1) == '.')) {
            return null;
        }
        int end = end(text, at);
        String path = text.substring(at, end);
        if (path.length() < 2 || path.chars().noneMatch(Character::isLetterOrDigit)) {
            return null;
        }
        return new Token(end - at, template(path));
    }

    static @Nullable Token windows(String text, int at) {
        int end = end(text, at + 2);
        return new Token(end - at, template(text.substring(at + 2, end).replace('\\', '/')));
    }

    private static int end(String text, int at) {
        int end = at;
        int limit = Math.min(text.length(), at + MAX_PATH);
        while (end < limit) {
            char c = text.charAt(end);
            if (Character.isWhitespace(c) || "\"'<>|()[]{},;:`".indexOf(c) >= 0) {
                break;
            }
            end++;
        }
        while (end > at && ".!?".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /** A file keeps its name; anything else its words, since it is a route. */
    private static String template(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        String basename = plain.substring(plain.lastIndexOf('/') + 1);
        int dot = basename.lastIndexOf('.');
        if (dot > 0 && basename.length() - dot <= 6 && plain.indexOf('/', 1) > 0) {
            return "<path>/" + segment(basename.substring(0, dot)) + basename.substring(dot);
        }
        var kept = new StringBuilder(plain.length());
        for (String part : plain.split("/", -1)) {
            kept.append(kept.isEmpty() && part.isEmpty() ? "" : "/").append(part.isEmpty() ? "" : segment(part));
        }
        return kept.isEmpty() ? "/" : kept.toString();
    }

    /** A part of a path with its numbers and ids replaced. */
    private static String segment(String part) {
        var kept = new StringBuilder(part.length());
        int start = 0;
        boolean changed = false;
        if (part.length() == 36 && part.charAt(8) == '-' && part.charAt(23) == '-') {
            return "<id>";
        }
        for (int i = 0; i <= part.length(); i++) {
            if (i == part.length() || part.charAt(i) == '-' || part.charAt(i) == '_' || part.charAt(i) == '.') {
                String word = part.substring(start, i);
                boolean digits = !word.isEmpty() && word.chars().allMatch(c -> Tokens.isDigit((char) c));
                boolean id = !digits && Identifiers.isId(word);
                changed |= digits || id;
                kept.append(digits ? "<num>" : id ? "<id>" : word);
                if (i < part.length()) {
                    kept.append(part.charAt(i));
                }
                start = i + 1;
            }
        }
        return changed ? kept.toString() : part;
    }
}
