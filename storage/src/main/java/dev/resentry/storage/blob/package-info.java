/** Blobs: bytes by their hash, in PostgreSQL or in a bucket, removed once nothing refers to them. */
@NullMarked
package dev.resentry.storage.blob;

import org.jspecify.annotations.NullMarked;
