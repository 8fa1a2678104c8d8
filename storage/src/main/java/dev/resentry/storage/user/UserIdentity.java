package dev.resentry.storage.user;

import java.time.Instant;

/**
 * Who a user is to a provider of OpenID Connect.
 *
 * @param issuer the provider
 * @param subject what it calls them, which never changes
 * @param createdAt when they were joined
 */
public record UserIdentity(String issuer, String subject, Instant createdAt) {}
