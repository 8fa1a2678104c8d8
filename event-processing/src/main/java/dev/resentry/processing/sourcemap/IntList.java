package dev.resentry.processing.sourcemap;

import java.util.Arrays;

/** A list of numbers that grows. */
final class IntList {
    private int[] values = new int[16];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, size * 2);
        }
        values[size++] = value;
    }

    void addAll(IntList others) {
        for (int i = 0; i < others.size; i++) {
            add(others.values[i]);
        }
    }

    int get(int index) {
        return values[index];
    }

    int last() {
        return values[size - 1];
    }

    void removeLast() {
        size--;
    }

    int size() {
        return size;
    }

    void clear() {
        size = 0;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
