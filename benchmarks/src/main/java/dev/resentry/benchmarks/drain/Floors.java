package dev.resentry.benchmarks.drain;

/**
 * The least that the same work can take, of the same run. All CPU-seconds are for 10,000 envelopes.
 *
 * @param parse of their JSON to trees
 * @param copy PostgreSQL's, to write the rows that were stored of them
 * @param copyPerSecond how many envelopes' rows one connection writes
 * @param http a bare server's, to read and answer them
 * @param producer a bare producer's, to hand them to a broker
 * @param broker a bare broker's, to keep them
 * @param acceptedPerSecond what a bare server and a bare producer, one after the other, let through
 */
record Floors(
        double parse,
        double copy,
        double copyPerSecond,
        double http,
        double producer,
        double broker,
        double acceptedPerSecond) {

    static Floors of(double parseOfEnvelope, CopyFloor.Measured copy, long copiedEnvelopes, BareFloor.Measured bare) {
        return new Floors(
                parseOfEnvelope * 10_000,
                copy.cpuSeconds() * 10_000 / copiedEnvelopes,
                copiedEnvelopes / copy.seconds(),
                bare.httpCpu() * 10_000,
                bare.producerCpu() * 10_000,
                bare.brokerCpu() * 10_000,
                bare.perSecond());
    }

    /** All of them together. */
    double cpu() {
        return parse + copy + http + producer + broker;
    }

    /** How many envelopes a second a machine could store that did nothing else, on all of its cores at once. */
    double storedPerSecond(int cores) {
        return cores * 10_000 / cpu();
    }
}
