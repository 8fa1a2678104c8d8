package dev.resentry.service.report;

import dev.resentry.model.project.Dsn;
import dev.resentry.model.project.ProjectId;
import dev.resentry.model.project.PublicKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps Resentry from reporting what its own reports do to it: of what fails while one is accepted or processed, nothing is reported, as
 * that report would fail in the same way and so on without end. It is recognised by the public key of the DSN, which is random, so that
 * one that leads to another installation is never met here.
 */
public final class OwnReports {
    /** Bound while what is processed came of one. */
    private static final ScopedValue<Boolean> UNDER_WAY = ScopedValue.newInstance();

    /** As the SDK itself, for the whole process. */
    private static volatile @Nullable Dsn target;

    /** The project of the target, once a report has come by here. */
    private static volatile @Nullable ProjectId project;

    private OwnReports() {}

    static void goTo(@Nullable Dsn dsn) {
        target = dsn;
        project = null;
    }

    /** Does something with what was sent with a key. */
    public static <T> T process(PublicKey key, Supplier<T> work) {
        return isOne(key) ? ScopedValue.where(UNDER_WAY, true).call(work::get) : work.get();
    }

    /** Does the same with what goes on in other threads; its failure is marked. */
    public static <T> CompletableFuture<T> accept(PublicKey key, Supplier<CompletableFuture<T>> work) {
        if (!isOne(key)) {
            return work.get();
        }
        try {
            return ScopedValue.where(UNDER_WAY, true)
                    .call(work::get)
                    .exceptionallyCompose(
                            failure -> CompletableFuture.failedFuture(new ReportFailedException(failure)));
        } catch (RuntimeException e) {
            throw new ReportFailedException(e);
        }
    }

    private static boolean isOne(PublicKey key) {
        Dsn dsn = target;
        if (dsn == null || !dsn.publicKey().equals(key)) {
            return false;
        }
        project = dsn.projectId();
        return true;
    }

    /** Whether a failure in this thread is that of a report. */
    static boolean areUnderWay(@Nullable Throwable failure) {
        if (UNDER_WAY.isBound()) {
            return true;
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ReportFailedException) {
                return true;
            }
        }
        return false;
    }

    /** The project here in which they are; empty unless it is here. */
    static Optional<ProjectId> project() {
        return Optional.ofNullable(project);
    }
}
