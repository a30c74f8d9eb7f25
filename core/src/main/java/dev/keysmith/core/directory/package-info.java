/** Users and groups imported from identity providers, and the imports themselves. */
@NullMarked
package dev.keysmith.core.directory;

import org.jspecify.annotations.NullMarked;
