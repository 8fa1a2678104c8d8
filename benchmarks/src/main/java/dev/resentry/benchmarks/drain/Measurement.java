package dev.resentry.benchmarks.drain;

import dev.resentry.benchmarks.proc.CpuTimes;

/**
 * What one case gave.
 *
 * @param count envelopes that were sent
 * @param sentBytes of a body as it was sent, on average
 * @param acceptSeconds until the last was answered
 * @param storeSeconds until the last was stored; both from the first request
 * @param refused answers that were not 200
 * @param balance what the ledger says of them
 * @param peakMemory of everything, in bytes (PSS)
 * @param finalMemory the same some seconds after the last was stored
 * @param greatestLag the most envelopes that were accepted and not stored yet
 */
record Measurement(
        DrainCase drainCase,
        long count,
        double plainBytes,
        double sentBytes,
        double acceptSeconds,
        double storeSeconds,
        long refused,
        Balance balance,
        CpuTimes.Used cpu,
        long peakMemory,
        long finalMemory,
        long greatestLag,
        DiskUse disk,
        long topicBytes,
        AckToReadable.Measured readable,
        Floors floors) {

    double acceptedPerSecond() {
        return count / acceptSeconds;
    }

    double storedPerSecond() {
        return count / storeSeconds;
    }

    /** CPU-seconds for 10,000 envelopes. */
    double for10k(double seconds) {
        return seconds * 10_000 / count;
    }

    boolean isAllStored() {
        return refused == 0 && readable.lost() == 0 && balance.isAllStored(count);
    }
}
