package dev.resentry.processing.symbolicate;

import java.util.List;
import java.util.Optional;

/** Which functions of a JavaScript or TypeScript file stand where, and what people call them. To be shared between threads. */
final class FunctionNames {
    /** Of an array of three, and of a text beside its characters. */
    private static final int OVERHEAD = 64;

    private final int[] starts;
    private final int[] ends;
    private final String[] names;

    FunctionNames(String code) {
        List<FunctionScan.Function> functions = FunctionScan.of(code);
        this.starts = functions.stream().mapToInt(FunctionScan.Function::start).toArray();
        this.ends = functions.stream().mapToInt(FunctionScan.Function::end).toArray();
        this.names = functions.stream().map(FunctionScan.Function::name).toArray(String[]::new);
    }

    /**
     * The name of the innermost function around a place; empty if the place is in none or if it has no name.
     *
     * @param offset in UTF-16 units
     */
    Optional<String> at(int offset) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        for (int i = low - 1; i >= 0; i--) {
            if (ends[i] > offset) {
                return names[i].isEmpty() ? Optional.empty() : Optional.of(names[i]);
            }
        }
        return Optional.empty();
    }

    /** About how many bytes of memory they take. */
    long weight() {
        long weight = OVERHEAD + 16L * starts.length;
        for (String name : names) {
            weight += name.isEmpty() ? 0 : OVERHEAD + 2L * name.length();
        }
        return weight;
    }
}
