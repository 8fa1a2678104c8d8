package dev.resentry.storage.transaction;

/** What the statuses of transactions and spans mean, in one place for whoever counts them. */
public final class TransactionStatus {

    private TransactionStatus() {}

    /**
     * The condition of SQL that one failed; null of one without a status, which did not.
     *
     * @param column that the status is in
     */
    public static String failed(String column) {
        return column + " NOT IN ('ok', 'cancelled', 'canceled', 'unknown')";
    }
}
