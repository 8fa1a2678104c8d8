/** What secrets and personal data look like in texts. Every scanner is linear in the length of the text. */
@NullMarked
package dev.resentry.processing.scrub.text;

import org.jspecify.annotations.NullMarked;
