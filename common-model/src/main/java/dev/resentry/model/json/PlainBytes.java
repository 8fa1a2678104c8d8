package dev.resentry.model.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether the bytes of a JSON document can hold NUL or half of a character in a text: only if they escape a character by its
 * number, or have bytes with which a character outside of the basic plane, or a half of one, begins. Looks at eight bytes at
 * once, since nearly every document has neither.
 */
final class PlainBytes {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGHEST = 0x8080_8080_8080_8080L;
    private static final long BACKSLASHES = ONES * '\\';
    private static final long HALVES = 0xeded_eded_eded_ededL;

    private PlainBytes() {}

    static boolean areIn(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int i = offset;
        for (; i + Long.BYTES <= end; i += Long.BYTES) {
            long eight = (long) EIGHT.get(bytes, i);
            long outside = eight & (eight << 1) & (eight << 2) & (eight << 3);
            if (((outside | zeros(eight ^ HALVES) | zeros(eight ^ BACKSLASHES)) & HIGHEST) != 0
                    && hasOther(bytes, i, i + Long.BYTES, end)) {
                return false;
            }
        }
        return !hasOther(bytes, i, end, end);
    }

    /** The highest bit of each byte that is 0, and maybe of one behind it. */
    private static long zeros(long eight) {
        return (eight - ONES) & ~eight;
    }

    private static boolean hasOther(byte[] bytes, int from, int to, int end) {
        for (int i = from; i < to; i++) {
            int b = bytes[i] & 0xff;
            if (b >= 0xf0 || b == 0xed || (b == '\\' && i + 1 < end && bytes[i + 1] == 'u')) {
                return true;
            }
        }
        return false;
    }
}
