package dev.resentry.gateway.http;

import io.netty.handler.codec.http.HttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Messages of pipelined requests that wait until the request before them is answered. */
final class PendingMessages {
    private static final int MAX_BYTES = 256 * 1024;
    /** The size that the head of a request counts as. */
    private static final int HEAD_BYTES = 1024;

    private final Deque<Object> messages = new ArrayDeque<>(4);
    private int bytes;

    void add(Object message) {
        messages.addLast(message);
        bytes += message instanceof HttpContent content ? content.content().readableBytes() : HEAD_BYTES;
    }

    /** Puts a polled message back at the head. */
    void putBack(Object message) {
        messages.addFirst(message);
    }

    @Nullable
    Object poll() {
        Object next = messages.pollFirst();
        if (next == null) {
            bytes = 0;
        }
        return next;
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** Whether reading should stop; true until all messages are polled. */
    boolean isFull() {
        return bytes > MAX_BYTES;
    }

    void release() {
        messages.forEach(ReferenceCountUtil::release);
        messages.clear();
        bytes = 0;
    }
}
