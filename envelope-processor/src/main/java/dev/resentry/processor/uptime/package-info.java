/** Makes the requests of uptime checks, and reports what is down as an event like any other. */
@NullMarked
package dev.resentry.processor.uptime;

import org.jspecify.annotations.NullMarked;
