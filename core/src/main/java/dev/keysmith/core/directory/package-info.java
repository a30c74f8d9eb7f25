/** Users and groups, as imports have found them at identity providers. */
@NullMarked
package dev.keysmith.core.directory;

import org.jspecify.annotations.NullMarked;
