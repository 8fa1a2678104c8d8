package dev.resentry.service.health;

/** A part that does the work of another while that is away, so that the service stays ready. */
public interface HealthFallback {

    /** The name of the {@link HealthCheck} whose failure it makes up for. */
    String standsInFor();

    /** Whether it could do so now. Called from any thread, several at once. */
    boolean isAble();
}
