package dev.resentry.storage.project;

import dev.resentry.model.project.PublicKey;
import java.time.Instant;

/** A key with which SDKs send to a project. */
public record ProjectKey(long id, PublicKey publicKey, String label, boolean active, Instant createdAt) {}
