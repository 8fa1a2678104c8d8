/** Releases with their commits and deployments: what events and people say of them. */
@NullMarked
package dev.resentry.storage.release;

import org.jspecify.annotations.NullMarked;
