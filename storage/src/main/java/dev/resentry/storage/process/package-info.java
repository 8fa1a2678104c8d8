/** Which processes of the installation there are and how they fare. */
@NullMarked
package dev.resentry.storage.process;

import org.jspecify.annotations.NullMarked;
