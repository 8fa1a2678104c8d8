/** Whether a service lives and can do its work, from its parts' own checks. */
@NullMarked
package dev.resentry.service.health;

import org.jspecify.annotations.NullMarked;
