package dev.resentry.service.health;

/** A part of a service that can say whether it works. */
public interface HealthCheck {

    /** The name on the health page, such as {@code kafka}. */
    String name();

    /** Looks again, within a few seconds, without side effects. Called from any thread, several at once. */
    CheckResult check();
}
