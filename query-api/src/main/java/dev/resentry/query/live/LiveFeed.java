package dev.resentry.query.live;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.resentry.query.access.Scope;
import dev.resentry.storage.VisibleProjects;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Hands messages to the listeners of this process and keeps the last ones, so that who was away for a moment gets what it
 * missed. If that cannot be told, the listener gets {@code resync} and has to read anew what it shows. A listener that comes back gets
 * some messages a second time, as those of several sources are not in one order.
 *
 * <p>Safe to share between threads. Handing over never waits for a listener.
 */
public final class LiveFeed {
    static final int MAX_LISTENERS = 5_000;
    static final int KEPT = 2_000;

    /** How far the order of messages may be from that of their times. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    /** How long messages are kept for somebody who was the last listener. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private static final byte[] HEARTBEAT = ":\n\n".getBytes(UTF_8);
    private static final Pattern POSITION = Pattern.compile("(\\d{1,18})-[0-9a-zA-Z-]{1,64}");

    private final JsonMapper json;
    private final InstantSource clock;
    private final Deque<LiveMessage> kept = new ArrayDeque<>();
    private final Set<String> keptIds = new HashSet<>();
    private final Set<LiveListener> listeners = new HashSet<>();
    private long sequence;
    /** All messages since then are kept. */
    private long completeFrom;
    /** When somebody listened last. */
    private long listenedAt;

    LiveFeed(JsonMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
        this.completeFrom = clock.millis();
    }

    /** Whether somebody listens, or may come back for what was missed: else nobody needs messages. */
    public synchronized boolean isWanted() {
        return !listeners.isEmpty() || clock.millis() - listenedAt < LINGER.toMillis();
    }

    /**
     * Tells listeners.
     *
     * @param event the kind of message
     * @param data becomes JSON
     */
    public synchronized void publish(String event, Audience audience, Object data) {
        publish(new LiveMessage(clock.millis(), "s" + ++sequence, event, audience, json.writeValueAsString(data)));
    }

    /** Tells listeners; a message that was told before is passed over. */
    synchronized void publish(LiveMessage message) {
        if (!keptIds.add(message.id())) {
            return;
        }
        kept.addLast(message);
        if (kept.size() > KEPT) {
            LiveMessage forgotten = kept.removeFirst();
            keptIds.remove(forgotten.id());
            completeFrom = Math.max(completeFrom, forgotten.at() + 1);
        }
        byte[] frame = message.frame();
        for (LiveListener listener : List.copyOf(listeners)) {
            if (listener.wants(message)) {
                offer(listener, frame);
            }
        }
    }

    /**
     * Shows listeners a state, of which each sees what it may. It is not kept for those who come back, as a newer state follows.
     *
     * @param event the kind of message
     * @param scope what a listener needs for it
     * @param state what is seen by those who may see some projects; becomes JSON
     */
    synchronized void show(String event, Scope scope, Function<VisibleProjects, ?> state) {
        long at = clock.millis();
        String id = "s" + ++sequence;
        Map<VisibleProjects, byte[]> frames = new HashMap<>();
        for (LiveListener listener : List.copyOf(listeners)) {
            if (listener.may(scope)) {
                offer(listener, frames.computeIfAbsent(listener.visible(), visible -> {
                    String data = json.writeValueAsString(state.apply(visible));
                    return new LiveMessage(at, id, event, new Audience.Everyone(), data).frame();
                }));
            }
        }
    }

    /** Notes that messages until now may be missing. */
    synchronized void missed() {
        forget();
        byte[] frame = resync().frame();
        List.copyOf(listeners).forEach(listener -> offer(listener, frame));
    }

    private void forget() {
        completeFrom = clock.millis();
        kept.clear();
        keptIds.clear();
    }

    /** Keeps connections alive, and finds those that are not. */
    synchronized void beat() {
        List.copyOf(listeners).forEach(listener -> offer(listener, HEARTBEAT));
    }

    /**
     * Begins to tell a listener.
     *
     * @param lastPosition of the last message that it has; null if it has none
     * @return false if there are too many
     */
    synchronized boolean add(LiveListener listener, @Nullable String lastPosition) {
        if (listeners.size() >= MAX_LISTENERS) {
            return false;
        }
        if (!isWanted()) {
            forget();
        }
        listeners.add(listener);
        if (lastPosition != null) {
            resume(listener, lastPosition);
        }
        offer(
                listener,
                new LiveMessage(clock.millis(), "r" + ++sequence, "ready", new Audience.Everyone(), "{}").frame());
        return true;
    }

    private void resume(LiveListener listener, String lastPosition) {
        Matcher position = POSITION.matcher(lastPosition);
        long last = position.matches() ? Long.parseLong(position.group(1)) : -1;
        if (last < completeFrom) {
            offer(listener, resync().frame());
            return;
        }
        kept.stream()
                .filter(message -> message.at() >= last - OVERLAP.toMillis()
                        && !message.position().equals(lastPosition)
                        && listener.wants(message))
                .forEach(message -> offer(listener, message.frame()));
    }

    private LiveMessage resync() {
        return new LiveMessage(clock.millis(), "r" + ++sequence, "resync", new Audience.Everyone(), "{}");
    }

    synchronized void remove(LiveListener listener) {
        if (listeners.remove(listener)) {
            listenedAt = clock.millis();
        }
    }

    synchronized int listeners() {
        return listeners.size();
    }

    /** Ends all streams; their listeners come again, here or elsewhere. */
    void close() {
        List<LiveListener> all;
        synchronized (this) {
            all = List.copyOf(listeners);
            listeners.clear();
        }
        all.forEach(LiveListener::close);
    }

    /** One that takes nothing any more is let go. */
    private void offer(LiveListener listener, byte[] frame) {
        if (!listener.offer(frame)) {
            remove(listener);
        }
    }
}
