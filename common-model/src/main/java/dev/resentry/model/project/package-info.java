/** Projects as the gateway and the SDKs know them: id, public key, DSN, credentials. */
@NullMarked
package dev.resentry.model.project;

import org.jspecify.annotations.NullMarked;
