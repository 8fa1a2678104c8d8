/** Blobs in a bucket of S3 or of a server that speaks its protocol. The one room of the library for it. */
@NullMarked
package dev.resentry.storage.blob.s3;

import org.jspecify.annotations.NullMarked;
