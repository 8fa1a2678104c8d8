/** The door for SDKs. */
@NullMarked
package dev.resentry.gateway;

import org.jspecify.annotations.NullMarked;
