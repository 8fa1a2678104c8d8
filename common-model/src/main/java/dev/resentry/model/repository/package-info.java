/** Where the code of a project is: repositories, the addresses that their providers give to files and commits, and which file a frame means. */
@NullMarked
package dev.resentry.model.repository;

import org.jspecify.annotations.NullMarked;
