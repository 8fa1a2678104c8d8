package dev.resentry.storage.backup;

/** Why a backup or a restore cannot go on; the message is for people. */
public final class BackupException extends RuntimeException {
    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
