/** The API of uptime checks. */
@NullMarked
package dev.resentry.query.uptime;

import org.jspecify.annotations.NullMarked;
