package dev.resentry.processing.sourcemap;

import java.util.Arrays;
import java.util.List;

/**
 * Decodes the field {@code mappings} of a map: groups for the lines, parted by {@code ;}, of segments, parted by {@code ,}, of one, four
 * or five numbers, each as base64 VLQ and relative to the one before. Reads the bytes of the JSON text as they are, without making a
 * text of them.
 */
final class MappingsDecoder {
    private static final int END = -1;
    private static final byte[] DIGITS = digits();
    private static final int CONTINUES = 32;

    private static final List<String> FIELDS =
            List.of("generated column", "source", "original line", "original column", "name");
    private static final int MAX_FIELDS = FIELDS.size();

    private final byte[] json;
    private final int start;
    private int at;
    private int current;

    /** @param start the offset of the quote in front of the text */
    MappingsDecoder(byte[] json, int start) {
        this.json = json;
        this.start = start;
        this.at = start + 1;
    }

    /** The numbers that a map's own sources and names begin with among those of all sections, and how many it has. */
    record Scope(int firstSource, int sources, int firstName, int names) {}

    /** Adds the mappings of a map whose generated code begins at a line and, on that line, at a column. */
    void decode(MappingsBuilder into, int firstLine, int firstColumn, Scope scope) {
        into.expect(count());
        int line = firstLine;
        int shift = firstColumn;
        int[] state = new int[MAX_FIELDS];
        for (advance(); current != END; ) {
            if (current == ';') {
                line = sum(line, 1, "generated line");
                shift = 0;
                state[0] = 0;
                advance();
            } else if (current == ',') {
                advance();
            } else {
                int fields = segment(state);
                int column = sum(state[0], shift, "generated column");
                if (fields == 1) {
                    into.add(line, column, Mappings.NONE, 0, 0, Mappings.NONE);
                } else {
                    int source = scope.firstSource() + index(state[1], scope.sources(), "source");
                    int name = fields == MAX_FIELDS
                            ? scope.firstName() + index(state[4], scope.names(), "name")
                            : Mappings.NONE;
                    into.add(line, column, source, state[2], state[3], name);
                }
            }
        }
    }

    /** How many segments there are, so that room for them is made once. */
    private int count() {
        int count = 0;
        boolean isInside = false;
        for (int i = at; json[i] != '"'; i++) {
            boolean isSeparator = json[i] == ',' || json[i] == ';';
            count += isInside || isSeparator ? 0 : 1;
            isInside = !isSeparator;
        }
        return count;
    }

    /** Reads a segment's numbers and adds them to those before it. */
    private int segment(int[] state) {
        int fields = 0;
        while (current != ',' && current != ';' && current != END) {
            if (fields == MAX_FIELDS) {
                throw fault("a segment of more than five numbers");
            }
            state[fields] = sum(state[fields], number(), FIELDS.get(fields));
            fields++;
        }
        if (fields == 2 || fields == 3) {
            throw fault("a segment of %d numbers; expected 1, 4 or 5".formatted(fields));
        }
        return fields;
    }

    private int number() {
        long value = 0;
        int bits = 0;
        while (true) {
            int digit = current >= 0 && current < DIGITS.length ? DIGITS[current] : -1;
            if (digit < 0) {
                throw fault(current == END || current == ',' || current == ';' ? "a number without end" : "no base64");
            }
            value |= (long) (digit & (CONTINUES - 1)) << bits;
            bits += 5;
            if (value > 0x1_ffff_ffffL || bits > 40) {
                throw fault("a number of more than 32 bits");
            }
            advance();
            if ((digit & CONTINUES) == 0) {
                long magnitude = value >>> 1;
                long signed = (value & 1) == 0 ? magnitude : -magnitude;
                return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, signed));
            }
        }
    }

    private int sum(int before, int change, String what) {
        long sum = (long) before + change;
        if (sum < 0 || sum >= Integer.MAX_VALUE) {
            throw fault("%s %d is out of bounds".formatted(what, sum));
        }
        return (int) sum;
    }

    private int index(int value, int size, String what) {
        if (value >= size) {
            throw fault("%s %d of %d".formatted(what, value, size));
        }
        return value;
    }

    /** Some writers of JSON put a backslash in front of a slash, which is a digit of base64. */
    private void advance() {
        byte next = json[at++];
        if (next == '"') {
            current = END;
        } else if (next == '\\' && json[at] == '/') {
            at++;
            current = '/';
        } else {
            current = next & 0xff;
        }
    }

    private MalformedMapException fault(String what) {
        return new MalformedMapException("mappings: character %d: %s".formatted(at - start - 2, what));
    }

    private static byte[] digits() {
        byte[] digits = new byte[128];
        Arrays.fill(digits, (byte) -1);
        String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        for (int i = 0; i < alphabet.length(); i++) {
            digits[alphabet.charAt(i)] = (byte) i;
        }
        return digits;
    }
}
