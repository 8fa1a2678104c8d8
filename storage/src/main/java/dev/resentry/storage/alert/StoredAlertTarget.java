package dev.resentry.storage.alert;

import dev.resentry.model.alert.AlertTarget;

/**
 * Whom a rule tells.
 *
 * @param id 0 for one that is not stored yet
 */
public record StoredAlertTarget(long id, AlertTarget target) {
    public static StoredAlertTarget of(AlertTarget target) {
        return new StoredAlertTarget(0, target);
    }
}
