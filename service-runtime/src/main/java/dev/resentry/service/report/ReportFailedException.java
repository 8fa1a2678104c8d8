package dev.resentry.service.report;

/** A report of our own could not be accepted, which is not reported. */
final class ReportFailedException extends RuntimeException {
    ReportFailedException(Throwable cause) {
        super("A report of Resentry's own could not be accepted", cause);
    }
}
