/** What SDKs say of sessions. */
@NullMarked
package dev.resentry.processing.session;

import org.jspecify.annotations.NullMarked;
