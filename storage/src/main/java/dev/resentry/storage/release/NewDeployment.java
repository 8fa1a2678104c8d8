package dev.resentry.storage.release;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A release that was brought to an environment.
 *
 * @param name such as the job that did it
 * @param url where more is said of it
 * @param deployedAt when it was finished
 * @param by the e-mail address of who says it
 */
public record NewDeployment(
        String environment,
        @Nullable String name,
        @Nullable String url,
        @Nullable Instant startedAt,
        Instant deployedAt,
        String by) {}
