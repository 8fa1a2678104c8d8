package dev.resentry.processing.sourcemap;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/** What a generated file says of its map in comments, which its writer puts at the end. */
public final class GeneratedFile {
    private GeneratedFile() {}

    /** The URL in the last {@code //# sourceMappingURL=} comment, relative to the file's own. */
    public static Optional<String> sourceMappingUrl(byte[] code) {
        return last(code, "sourceMappingURL=");
    }

    /** The id in the last {@code //# debugId=} comment. */
    public static Optional<String> debugId(byte[] code) {
        return last(code, "debugId=");
    }

    private static Optional<String> last(byte[] code, String name) {
        for (int at = code.length - name.length(); at >= 4; at--) {
            if (code[at] == name.charAt(0) && isComment(code, at) && startsWith(code, at, name)) {
                int from = at + name.length();
                int to = from;
                while (to < code.length && code[to] > ' ' && code[to] != '"' && code[to] != '\'') {
                    to++;
                }
                return to == from ? Optional.empty() : Optional.of(new String(code, from, to - from, UTF_8));
            }
        }
        return Optional.empty();
    }

    private static boolean isComment(byte[] code, int at) {
        return (code[at - 1] == ' ' || code[at - 1] == '\t')
                && (code[at - 2] == '#' || code[at - 2] == '@')
                && code[at - 3] == '/'
                && code[at - 4] == '/';
    }

    private static boolean startsWith(byte[] code, int at, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (code[at + i] != name.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
