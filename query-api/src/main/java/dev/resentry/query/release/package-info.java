/** The API of releases and deployments. */
@NullMarked
package dev.resentry.query.release;

import org.jspecify.annotations.NullMarked;
