/** What the doors of our own are told in: which fields there are, and which are wrong. */
@NullMarked
package dev.resentry.gateway.report;

import org.jspecify.annotations.NullMarked;
