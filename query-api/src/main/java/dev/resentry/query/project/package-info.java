/** Projects and keys, and telling the gateways of them. */
@NullMarked
package dev.resentry.query.project;

import org.jspecify.annotations.NullMarked;
