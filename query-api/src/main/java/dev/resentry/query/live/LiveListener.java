package dev.resentry.query.live;

import dev.resentry.query.access.Actor;
import dev.resentry.query.access.Scope;
import dev.resentry.storage.VisibleProjects;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

/**
 * A stream to one listener. It has no thread: messages wait, a bounded number of them, until its connection takes them. One whose
 * connection does not is dropped.
 */
public final class LiveListener implements WriteListener, AsyncListener {
    /** A listener that resumes is given all that is kept at once. */
    static final int MAX_WAITING = LiveFeed.KEPT + 256;

    /** A listener comes again then, and who it is and what it may see is looked at again. */
    private static final Duration LONGEST = Duration.ofMinutes(15);

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
    private LiveListener(
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

    /**
     * Begins a stream of server-sent events as the answer to a request. Nothing is written before {@link #begin}.
     *
     * @param actor who listens
     * @param visible what it may see
     * @param wanted what it listens to
     * @param left called when the listener is gone, perhaps more than once
     */
    public static LiveListener open(
            HttpServletRequest request,
            HttpServletResponse response,
            Actor actor,
            VisibleProjects visible,
            VisibleProjects wanted,
            Consumer<LiveListener> left)
            throws IOException {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE + ";charset=UTF-8");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // A proxy that collects answers before it hands them on would keep everything.
        response.setHeader("X-Accel-Buffering", "no");
        AsyncContext context = request.startAsync();
        context.setTimeout(LONGEST.toMillis());
        var listener = new LiveListener(context, context.getResponse().getOutputStream(), actor, visible, wanted, left);
        context.addListener(listener);
        return listener;
    }

    /** Has written what waits, and what will. */
    public void begin() {
        out.setWriteListener(this);
    }

    /** Whether its connection has taken all that it was offered. */
    public synchronized boolean isIdle() {
        return waiting.isEmpty();
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
    public boolean offer(byte[] frame) {
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
    public void close() {
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
