package dev.resentry.model.encoding;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.Inflater;

/**
 * Inflaters of bare deflate data that are used again: making one and giving its memory back costs as much as inflating a small
 * body. Safe to share between threads; an inflater belongs to whoever took it until it is given back.
 */
final class InflaterPool {
    /** Each holds some 40 KiB beside the heap. */
    private static final int KEPT = 32;

    private static final BlockingQueue<Inflater> FREE = new ArrayBlockingQueue<>(KEPT);

    private InflaterPool() {}

    /** One that has no input yet. */
    static Inflater take() {
        Inflater free = FREE.poll();
        return free == null ? new Inflater(true) : free;
    }

    /** Forgets what the inflater was used for, whether or not that came to its end. */
    static void giveBack(Inflater inflater) {
        inflater.reset();
        if (!FREE.offer(inflater)) {
            inflater.end();
        }
    }
}
