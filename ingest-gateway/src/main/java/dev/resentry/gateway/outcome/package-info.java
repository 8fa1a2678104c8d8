/** Accounts for what the gateway does not let through. */
@NullMarked
package dev.resentry.gateway.outcome;

import org.jspecify.annotations.NullMarked;
