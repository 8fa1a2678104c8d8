/** Projects, their keys, and the outbox through which gateways learn of them. */
@NullMarked
package dev.resentry.storage.project;

import org.jspecify.annotations.NullMarked;
