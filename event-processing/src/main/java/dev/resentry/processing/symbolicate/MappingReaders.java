package dev.resentry.processing.symbolicate;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who wants a mapping that is being read waits for it, and so does one for which there is no room of memory; others are read meanwhile, as
 * a large one takes seconds. Safe to share between threads.
 */
final class MappingReaders {
    private static final int KIB = 1024;
    private static final int MOST_KIB = 128 * KIB;

    private final int roomKib;
    private final Semaphore room;
    private final Map<String, Turn> turns = new HashMap<>();

    private MappingReaders(int roomKib) {
        this.roomKib = roomKib;
        this.room = new Semaphore(roomKib);
    }

    /** With a share of the heap that leaves room for everything else. */
    static MappingReaders ofThisProcess() {
        return new MappingReaders((int) Math.min(MOST_KIB, Runtime.getRuntime().maxMemory() / 4 / KIB));
    }

    private record Turn(ReentrantLock lock, int holders) {}

    /**
     * Reads, after everybody else who reads the same.
     *
     * @param bytes of the text; one that is larger than all of the room is read alone
     */
    <T extends @Nullable Object> T read(String key, long bytes, Supplier<T> reader) {
        ReentrantLock lock = enter(key);
        lock.lock();
        try {
            int share = (int) Math.min(roomKib, bytes / KIB + 1);
            room.acquireUninterruptibly(share);
            try {
                return reader.get();
            } finally {
                room.release(share);
            }
        } finally {
            lock.unlock();
            leave(key);
        }
    }

    private ReentrantLock enter(String key) {
        synchronized (turns) {
            Turn turn = turns.getOrDefault(key, new Turn(new ReentrantLock(), 0));
            turns.put(key, new Turn(turn.lock(), turn.holders() + 1));
            return turn.lock();
        }
    }

    private void leave(String key) {
        synchronized (turns) {
            Turn turn = turns.remove(key);
            if (turn != null && turn.holders() > 1) {
                turns.put(key, new Turn(turn.lock(), turn.holders() - 1));
            }
        }
    }
}
