package dev.resentry.storage.database;

/** The database holds a part of a backup: a restore into it was cut off. Nothing may start on it. */
public final class UnfinishedRestoreException extends IllegalStateException {
    UnfinishedRestoreException() {
        super(
                "A restore into this database was cut off. Make the database anew, or remove the data directory, and restore again");
    }
}
