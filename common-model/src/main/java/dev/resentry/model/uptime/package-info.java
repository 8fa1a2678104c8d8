/** What uptime checks expect. */
@NullMarked
package dev.resentry.model.uptime;

import org.jspecify.annotations.NullMarked;
