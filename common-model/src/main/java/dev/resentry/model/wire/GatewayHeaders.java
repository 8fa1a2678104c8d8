package dev.resentry.model.wire;

/**
 * Headers of a record of topic {@code usage} whose gateway does not leave: who it is, for people. In UTF-8; gateways of earlier
 * versions write none.
 */
public final class GatewayHeaders {
    /** What the ledger calls the gateway. */
    public static final String NAME = "gateway-name";

    public static final String VERSION = "gateway-version";

    /** When its process began, as in {@link java.time.Instant#toString}. */
    public static final String STARTED_AT = "gateway-started-at";

    private GatewayHeaders() {}
}
