package dev.resentry.gateway;

import java.util.UUID;

/** Names this run of a gateway among all runs of all gateways. */
public record GatewayRun(UUID id) {}
