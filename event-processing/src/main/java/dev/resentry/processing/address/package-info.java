/** Addresses of the network, as fields and in texts. */
@NullMarked
package dev.resentry.processing.address;

import org.jspecify.annotations.NullMarked;
