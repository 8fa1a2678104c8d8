package dev.resentry.model.project;

import org.jspecify.annotations.Nullable;

/**
 * What a request says about itself to be let in.
 *
 * @param client the SDK as {@code name/version}, if it was named
 */
public record Credentials(PublicKey publicKey, @Nullable String client) {}
