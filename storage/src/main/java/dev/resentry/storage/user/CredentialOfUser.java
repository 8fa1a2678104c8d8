package dev.resentry.storage.user;

/**
 * What gives access, with the user to whom it was given: looked up together, as every request asks for both.
 *
 * @param credential a session or a token
 */
public record CredentialOfUser<C>(C credential, User user) {}
