package dev.resentry.query.live;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.storage.VisibleProjects;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * A stream to one listener. It has no thread: messages wait, a bounded number of them, until its connection takes them. One whose
 * connection does not is dropped.
 */
final class LiveListener implements WriteListener, AsyncListener {
    /** A listener that resumes is given all that is kept at once. */
    static final int MAX_WAITING = LiveFeed.KEPT + 256;

    private final AsyncContext context;
    private final ServletOutputStream out;
    private final Actor actor;
    private final VisibleProjects visible;
    private final VisibleProjects wanted;
    private final Consumer<LiveListener> left;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private boolean writable;
    private boolean closed;

    /**
     * @param actor who listens
     * @param visible what it may see
     * @param wanted what it listens to
     * @param left called when the listener is gone, perhaps more than once
     */
    LiveListener(
            AsyncContext context,
            ServletOutputStream out,
            Actor actor,
            VisibleProjects visible,
            VisibleProjects wanted,
            Consumer<LiveListener> left) {
        this.context = context;
        this.out = out;
        this.actor = actor;
        this.visible = visible;
        this.wanted = wanted;
        this.left = left;
    }

    boolean wants(LiveMessage message) {
        return message.audience().contains(visible, wanted);
    }

    boolean may(Scope scope) {
        return actor.may(scope);
    }

    VisibleProjects visible() {
        return visible;
    }

    /** Has bytes written as soon as the connection takes them; false if the listener is gone or is dropped for it. */
    boolean offer(byte[] frame) {
        synchronized (this) {
            if (!closed && waiting.size() < MAX_WAITING) {
                waiting.add(frame);
                if (drained()) {
                    return true;
                }
            }
        }
        close();
        return false;
    }

    @Override
    public void onWritePossible() {
        boolean alive;
        synchronized (this) {
            writable = true;
            alive = drained();
        }
        if (!alive) {
            close();
        }
    }

    /** Writes what the connection takes; false if it is broken. Once it takes no more, the container says when it does again. */
    private boolean drained() {
        if (closed) {
            return false;
        }
        try {
            boolean wrote = false;
            while (writable && !waiting.isEmpty()) {
                writable = out.isReady();
                if (writable) {
                    out.write(waiting.removeFirst());
                    wrote = true;
                }
            }
            if (wrote && writable) {
                writable = out.isReady();
                if (writable) {
                    out.flush();
                }
            }
            return true;
        } catch (IOException | IllegalStateException _) {
            // The other side has gone, or the container has given the connection up.
            return false;
        }
    }

    /** Ends the stream. */
    void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            waiting.clear();
        }
        left.accept(this);
        try {
            context.complete();
        } catch (IllegalStateException _) {
            // The container was faster.
        }
    }

    @Override
    public void onError(Throwable failure) {
        close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        close();
    }

    @Override
    public void onError(AsyncEvent event) {
        close();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        close();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // Nothing starts it again.
    }
}
