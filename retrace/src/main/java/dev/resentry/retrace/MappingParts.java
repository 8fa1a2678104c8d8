package dev.resentry.retrace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a mapping in parts, one for each class, so that R8's library, which takes several times the size of what it reads, sees only
 * those that a stack trace asks for.
 */
final class MappingParts {
    private static final long ENTRY_BYTES = 200;
    private static final int MAX_SHOWN = 100;
    private static final Pattern CLASS = Pattern.compile("(\\S+) -> ([^\\s:]+):\\s*(?:#.*)?");
    private static final String VERSION = "\"com.android.tools.r8.mapping\"";
    private static final String SOURCE_FILE = "\"sourceFile\"";

    /** The class of a method that was inlined, of which nothing but its file is needed. */
    private static final Pattern INLINED =
            Pattern.compile("(?m)^[ \\t]++(?:\\d++:\\d++:)?+\\S++ ([^\\s(]+)\\.[^\\s.(]+\\(");

    /** What says how the notes of R8 are meant. */
    private final String version;

    private final Map<String, Part> parts;

    /** The beginnings of parts that name a file, by the original names of their classes. */
    private final Map<String, String> files;

    private final long weight;

    private MappingParts(String version, Map<String, Part> parts, Map<String, String> files) {
        this.version = version;
        this.parts = parts;
        this.files = files;
        this.weight = parts.entrySet().stream()
                        .mapToLong(part -> ENTRY_BYTES
                                + part.getKey().length()
                                + part.getValue().original().length()
                                + part.getValue().text().size())
                        .sum()
                + files.values().stream().mapToLong(String::length).sum();
    }

    /** @param original the name that the class had */
    record Part(String original, Deflated text) {}

    long weight() {
        return weight;
    }

    /** The name that a class had; null if the mapping does not know it. */
    @Nullable
    String original(String className) {
        Part part = parts.get(className);
        return part == null ? null : part.original();
    }

    /**
     * A mapping of some classes only.
     *
     * @param limit in bytes; a class that has no room is left out
     */
    byte[] of(Collection<String> classNames, int limit) {
        var text = new ByteArrayOutputStream();
        text.writeBytes(version.getBytes(UTF_8));
        Set<String> there = new HashSet<>();
        Set<String> inlined = new LinkedHashSet<>();
        for (String name : new LinkedHashSet<>(classNames)) {
            Part part = parts.get(name);
            if (part == null || text.size() + part.text().length() > limit) {
                continue;
            }
            byte[] content = part.text().content();
            text.writeBytes(content);
            there.add(part.original());
            INLINED.matcher(new String(content, UTF_8)).results().forEach(found -> inlined.add(found.group(1)));
        }
        inlined.removeAll(there);
        for (String name : inlined) {
            String file = files.get(name);
            if (file != null && text.size() < limit) {
                text.writeBytes(file.getBytes(UTF_8));
            }
        }
        return text.toByteArray();
    }

    /** Reads a text once, from its beginning to its end. */
    static final class Reader {
        private final byte[] text;
        private final int maxClass;
        private final Map<String, Part> parts = new HashMap<>();
        private final Map<String, String> files = new HashMap<>();
        private final StringBuilder version = new StringBuilder();
        private int start;
        private String original = "";
        private String renamed = "";

        /** @param maxClass how many bytes one class may have */
        Reader(byte[] text, int maxClass) {
            this.text = text;
            this.maxClass = maxClass;
        }

        MappingParts read() throws MalformedMappingException {
            int number = 0;
            for (int from = 0, to; from < text.length; from = to) {
                to = from;
                while (to < text.length && text[to] != '\n') {
                    to++;
                }
                to = Math.min(to + 1, text.length);
                number++;
                readLine(from, to, number);
            }
            endClass(text.length);
            return new MappingParts(version.toString(), Map.copyOf(parts), Map.copyOf(files));
        }

        private void readLine(int from, int to, int number) throws MalformedMappingException {
            boolean isOfClass = !renamed.isEmpty();
            boolean isMember = text[from] == ' ' || text[from] == '\t';
            if (isMember && isOfClass) {
                return;
            }
            String line = new String(text, from, to - from, UTF_8).stripTrailing();
            if (line.isEmpty()) {
                return;
            }
            if (line.stripLeading().startsWith("#")) {
                readNote(line, isOfClass);
                return;
            }
            Matcher matcher = CLASS.matcher(line);
            if (!matcher.matches()) {
                throw new MalformedMappingException("line %d: '%s' (expected: 'original.Class -> renamed:')"
                        .formatted(number, line.substring(0, Math.min(MAX_SHOWN, line.length()))));
            }
            endClass(from);
            start = from;
            original = matcher.group(1);
            renamed = matcher.group(2);
        }

        private void readNote(String line, boolean isOfClass) {
            if (!isOfClass && line.contains(VERSION)) {
                version.append(line).append('\n');
            }
            if (isOfClass && line.contains(SOURCE_FILE)) {
                files.putIfAbsent(original, original + " -> " + renamed + ":\n" + line + "\n");
            }
        }

        private void endClass(int end) throws MalformedMappingException {
            if (renamed.isEmpty()) {
                return;
            }
            if (end - start > maxClass) {
                throw new MalformedMappingException(
                        "%s: %d bytes (limit of a class: %d)".formatted(original, end - start, maxClass));
            }
            parts.put(renamed, new Part(original, Deflated.of(text, start, end)));
        }
    }
}
