package dev.resentry.processing.cron;

/** What reading a check-in came to. */
public sealed interface CheckInReading {

    record Read(CheckIn checkIn) implements CheckInReading {}

    /** It is of no monitor; the cause names the field. */
    record Invalid(String cause) implements CheckInReading {}
}
